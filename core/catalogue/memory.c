/* memory.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on shared memory blocks: a byte where it lies, and numbers of other
 * formats, by the letters that the library's language has for them.
 */

#include "catalogue/functions.h"
#include "catalogue/memory.h"
#include "catalogue/operand.h"

#include <math.h>
#include <string.h>

#include "objects/block.h"

/* The largest is not always a double; what is above it, is. */
static const TelarFormat formats[] = {
  { 'B', 1, false, 0, 0x1p8 },        { 'b', 1, false, -0x1p7, 0x1p7 },
  { 'H', 2, false, 0, 0x1p16 },       { 'h', 2, false, -0x1p15, 0x1p15 },
  { 'I', 4, false, 0, 0x1p32 },       { 'i', 4, false, -0x1p31, 0x1p31 },
  { 'Q', 8, false, 0, 0x1p64 },       { 'q', 8, false, -0x1p63, 0x1p63 },
  { 'f', 4, true, -INFINITY, INFINITY }, { 'd', 8, true, -INFINITY, INFINITY },
};

const TelarFormat *
telar_format_find (const char *text)
{
  for (unsigned i = 0; i < sizeof formats / sizeof formats[0]; i++)
    if (text[0] == formats[i].letter && text[1] == '\0')
      return &formats[i];
  return NULL;
}

bool
telar_format_fits (const TelarFormat *format, double number)
{
  if (format->is_real)
    return format->size == 8 || !isinf ((float) number);
  return number == floor (number) && number >= format->minimum && number < format->beyond;
}

/* Two's complement: the lowest bytes of one number are those of the smaller formats, but
 * they lie where this machine begins. */
static TelarObjectOutcome
pack (const TelarOperand *it, uint64_t offset, const TelarFormat *format, double number)
{
  union
  {
    uint8_t  one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    float    single;
    double   real;
  } bytes = { 0 };
  uint64_t bits;

  if (!telar_format_fits (format, number))
    return TELAR_OBJECT_WRONG_TYPE;
  bits = format->is_real ? 0 : number < 0 ? (uint64_t) (int64_t) number : (uint64_t) number;
  if (format->is_real && format->size == 4)
    bytes.single = (float) number;
  else if (format->is_real)
    bytes.real = number;
  else if (format->size == 1)
    bytes.one = (uint8_t) bits;
  else if (format->size == 2)
    bytes.two = (uint16_t) bits;
  else if (format->size == 4)
    bytes.four = (uint32_t) bits;
  else
    bytes.eight = bits;
  return telar_block_write (it->objects, it->object, it->party, offset, &bytes, format->size);
}

static TelarResult
unpack (const TelarOperand *it, TelarCall *call, uint64_t offset, const TelarFormat *format)
{
  union
  {
    uint8_t  one;
    int8_t   signed_one;
    uint16_t two;
    int16_t  signed_two;
    uint32_t four;
    int32_t  signed_four;
    uint64_t eight;
    int64_t  signed_eight;
    float    single;
    double   real;
  } bytes = { 0 };
  bool is_signed = format->minimum < 0;

  if (telar_block_read (it->objects, it->object, offset, &bytes, format->size)
      != TELAR_OBJECT_DONE)
    return telar_call_fail (call, TELAR_ERROR_INDEX, it->object);
  if (format->is_real)
    return telar_result_real (format->size == 4 ? (double) bytes.single : bytes.real);
  switch (format->size)
    {
    case 1:
      return telar_result_integer (is_signed ? bytes.signed_one : bytes.one);
    case 2:
      return telar_result_integer (is_signed ? bytes.signed_two : bytes.two);
    case 4:
      return telar_result_integer (is_signed ? bytes.signed_four : (int64_t) bytes.four);
    default:
      /* What no result holds as a whole number is told as near as can be. */
      return is_signed || bytes.signed_eight >= 0 ? telar_result_integer (bytes.signed_eight)
                                                  : telar_result_real ((double) bytes.eight);
    }
}

static TelarResult
none_of (TelarCall *call, TelarObjectOutcome outcome)
{
  uint32_t object = telar_call_object (call, 0);

  if (outcome == TELAR_OBJECT_DONE)
    return telar_result_none ();
  return telar_call_fail (call, outcome == TELAR_OBJECT_RANGE ? TELAR_ERROR_INDEX
                                                              : TELAR_ERROR_FORMAT, object);
}

TelarResult
telar_function_read_byte (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return unpack (&it, call, (uint64_t) telar_call_integer (call, 1), &formats[0]);
}

TelarResult
telar_function_write_byte (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return none_of (call, pack (&it, (uint64_t) telar_call_integer (call, 2), &formats[0],
                              telar_call_real (call, 1)));
}

TelarResult
telar_function_unpack_from (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  const TelarFormat *format = telar_format_find (telar_call_text (call, 2));

  if (format == NULL)
    return none_of (call, TELAR_OBJECT_WRONG_TYPE);
  return unpack (&it, call, (uint64_t) telar_call_integer (call, 1), format);
}

TelarResult
telar_function_pack_into (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  const TelarFormat *format = telar_format_find (telar_call_text (call, 3));

  return none_of (call, format == NULL ? TELAR_OBJECT_WRONG_TYPE
                                       : pack (&it, (uint64_t) telar_call_integer (call, 1),
                                               format, telar_call_real (call, 2)));
}
