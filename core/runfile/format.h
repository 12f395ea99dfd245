/* format.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run file, byte by byte as FORMAT.md tells: what writer and reader share.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TELAR_RUN_FILE_VERSION 1
#define TELAR_RUN_FILE_MAGIC   "\211TELRUN\n"
#define TELAR_RUN_FILE_FOOTER  "TELAREND"
#define TELAR_RUN_FILE_ORDER   0x01020304u

/* At the beginning, 32 bytes; numbers are little-endian everywhere. */
typedef struct
{
  char    magic[8];
  guint32 version;  /* of the writer */
  guint32 needed;   /* oldest version that can read it */
  guint32 order;
  guint32 reserved[2];
  guint32 check;    /* CRC-32C of the 28 bytes before */
} TelarFileHeader;

typedef enum
{
  TELAR_RECORD_OF_GRAPH = 1, /* JSON */
  TELAR_RECORD_OF_PLAN,      /* tables: tasks, steps and objects by number */
  TELAR_RECORD_OF_MACHINE,   /* JSON */
  TELAR_RECORD_OF_STATE,     /* tables of rows: what changed */
  TELAR_RECORD_OF_BLOCKS,    /* packed slices and waits, with their sums */
  TELAR_RECORD_OF_JOURNAL,   /* slices and waits that are in no block yet */
  TELAR_RECORD_OF_INDEX,     /* where the records are; only at the end */
  TELAR_RECORD_OF_BOOKMARKS  /* tables of rows: all of them */
} TelarRecordOf;

/* Before each record, 24 bytes. */
typedef struct
{
  guint32 kind;     /* TelarRecordOf; readers pass over others */
  guint32 reserved;
  guint64 size;     /* of what follows */
  guint32 head;     /* how much of it the check covers */
  guint32 check;    /* CRC-32C of the 20 bytes before, then of the head */
} TelarFileRecord;

/* Of a block, in the head of BLOCKS; the blocks follow in the same order. 64 bytes. */
typedef struct
{
  guint32 lane;     /* see TelarLaneKind */
  guint16 n;
  guint16 size;
  guint32 first;    /* index of its first item in the lane */
  guint32 check;    /* CRC-32C of the block */
  guint32 longest;  /* IEEE float */
  guint32 gap;
  gint64  begin;
  gint64  end;
  gint64  busy;
  struct
  {
    guint32 task;
    guint32 ns;     /* IEEE float */
  } rivals[2];
} __attribute__ ((packed)) TelarFileBlock;

/* The two highest bits of a lane; the others are its number. */
typedef enum
{
  TELAR_LANE_CORE,  /* slices of a core, by the kernel's number */
  TELAR_LANE_TASK,  /* slices of a task */
  TELAR_LANE_WAITS  /* waits of a task */
} TelarLaneKind;

#define TELAR_LANE(kind, number) ((guint32) (kind) << 30 | (number))
#define TELAR_LANE_NUMBER(lane)  ((lane) & 0x3fffffff)

/* In the head of JOURNAL, before each lane's bytes. */
typedef struct
{
  guint32 lane;
  guint32 first;
  guint32 n;
  guint32 size;
} TelarFileTail;

/* At the end of a file that was closed, 24 bytes. */
typedef struct
{
  char    magic[8];
  guint64 index;    /* where the INDEX record is */
  guint32 reserved;
  guint32 check;    /* CRC-32C of the 20 bytes before */
} TelarFileFooter;

/* Tables of a STATE record: 12 bytes of header, then rows. */
typedef enum
{
  TELAR_TABLE_BEGUN = 1,
  TELAR_TABLE_NOW,
  TELAR_TABLE_END,
  TELAR_TABLE_CORES,
  TELAR_TABLE_TASKS,
  TELAR_TABLE_ARROWS,
  TELAR_TABLE_CULPRITS,
  TELAR_TABLE_STEPS,
  TELAR_TABLE_LINES,
  TELAR_TABLE_LOSSES,
  TELAR_TABLE_OTHERS,
  TELAR_TABLE_UNUSED,
  TELAR_TABLE_HOLDS,
  TELAR_TABLE_OBJECTS,
  TELAR_TABLE_LEVELS,
  TELAR_TABLE_DEADLOCKS,
  TELAR_TABLE_DEADLOCK_TASKS,
  TELAR_TABLE_LISTS,
  TELAR_TABLE_TEXTS
} TelarTable;

typedef struct
{
  guint32 table;    /* TelarTable; readers pass over others */
  guint32 n;        /* rows */
  guint32 size;     /* of the rows, bytes */
} TelarFileTable;

/* Tables of the PLAN record. */
typedef enum
{
  TELAR_TABLE_OF_SETTINGS = 1,
  TELAR_TABLE_OF_FUNCTIONS,
  TELAR_TABLE_OF_TASKS,
  TELAR_TABLE_OF_AFTER,
  TELAR_TABLE_OF_STEPS,
  TELAR_TABLE_OF_OBJECTS,
  TELAR_TABLE_OF_POOLS,
  TELAR_TABLE_OF_WORKERS,
  TELAR_TABLE_OF_CALLS
} TelarPlanTable;

/* Tables of a BOOKMARKS record. */
typedef enum
{
  TELAR_TABLE_OF_BOOKMARKS = 1
} TelarBookmarkTable;

/* A row: how many fields, then each as zigzag LEB128. Readers pass over fields
 * that they do not know, and take 0 for those that are not there. A text is its
 * length, as a row's last field that counts, and its bytes behind the row. */

#define TELAR_ROW_MAX 24

typedef struct
{
  const guint8 *at, *end;
  gboolean      bad;
} TelarRowReader;

/* A table in the making. */
typedef struct
{
  GByteArray *bytes;
  gsize       at;
  guint32     n;
} TelarTableWriter;

TelarTableWriter telar_table_begin (GByteArray *bytes, guint what);
void             telar_table_row   (TelarTableWriter *table, const gint64 *fields, guint n);
void             telar_table_text  (TelarTableWriter *table, const char *text);
/* One without rows is none. */
void             telar_table_end   (TelarTableWriter *table);

#define TELAR_ROW(table, ...)                                                             \
  telar_table_row (table, (const gint64[]){ __VA_ARGS__ },                                \
                   sizeof ((const gint64[]){ __VA_ARGS__ }) / sizeof (gint64))

/* Calls @take with each table. Returns: whether all of it was sound. */
typedef gboolean (*TelarTakeTable) (guint table, guint n, TelarRowReader *rows, gpointer data);
gboolean telar_tables_each (const guint8 *bytes, gsize size, TelarTakeTable take, gpointer data);

void telar_row_put  (GByteArray *bytes, const gint64 *fields, guint n);
/* Fields that are missing are 0. Returns: whether there was a row. */
gboolean telar_row_take (TelarRowReader *reader, gint64 fields[TELAR_ROW_MAX]);
/* @size bytes behind a row. (nullable) */
const guint8 *telar_row_text (TelarRowReader *reader, gint64 size);

G_END_DECLS
