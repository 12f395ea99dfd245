/* yours.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is one's own, run as a task: any program, a function of a Python file, a
 * C function of a plug-in.
 */

#include "catalogue/functions.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/program.h"

/* What python3 is told to do: argv is the file, the function and its arguments.
 * Lines go out as they are printed. The folder of the file comes first among
 * those that its imports are searched in, as if it were run itself; before, none
 * of the graph's files may take the place of a module that is needed here.
 * What of a traceback lies outside of the file is of no help and left out. What
 * the function returns goes to the descriptor for the answer, as a letter and
 * its digits, where it is a number. */
static const char script[] =
  "import sys\n"
  "if sys.path[:1] == ['']:\n"
  "    del sys.path[0]\n"
  "import ast, importlib.machinery, importlib.util, os\n"
  "answer = 3\n"
  "os.set_inheritable(answer, False)\n"
  "sys.stdout.reconfigure(line_buffering=True)\n"
  "sys.stderr.reconfigure(line_buffering=True)\n"
  "file, function, texts = sys.argv[1], sys.argv[2], sys.argv[3:]\n"
  "try:\n"
  "    open(file, 'rb').close()\n"
  "except OSError as error:\n"
  "    sys.exit(f'{file}: could not be read: {error.strerror}; '\n"
  "             'name a Python file, relative to the folder of the graph')\n"
  "def show(kind, error, trace):\n"
  "    while trace and trace.tb_frame.f_code.co_filename != file:\n"
  "        trace = trace.tb_next\n"
  "    sys.__excepthook__(kind, error.with_traceback(trace), trace)\n"
  "def value(text):\n"
  "    try:\n"
  "        return ast.literal_eval(text)\n"
  "    except Exception:\n"
  "        return text\n"
  "sys.excepthook = show\n"
  "sys.argv = [file] + texts\n"
  "sys.path.insert(0, os.path.dirname(os.path.abspath(file)))\n"
  "name = os.path.splitext(os.path.basename(file))[0]\n"
  "loader = importlib.machinery.SourceFileLoader(name, file)\n"
  "spec = importlib.util.spec_from_loader(name, loader)\n"
  "module = sys.modules[name] = importlib.util.module_from_spec(spec)\n"
  "loader.exec_module(module)\n"
  "call = getattr(module, function, None)\n"
  "if not callable(call):\n"
  "    own = [key for key, it in vars(module).items() if callable(it)\n"
  "           and getattr(it, '__module__', None) == name and key[0] != '_']\n"
  "    sys.exit(f'{file}: has no function {function}; ' + (\n"
  "        'it has ' + ', '.join(own[:8]) if own else 'it defines none'))\n"
  "result = call(*map(value, texts))\n"
  "if isinstance(result, bool):\n"
  "    os.write(answer, b'b%d' % result)\n"
  "elif isinstance(result, int) and -2**63 <= result < 2**63:\n"
  "    os.write(answer, b'i%d' % result)\n"
  "elif isinstance(result, float):\n"
  "    os.write(answer, b'r%r' % result)\n";

/* The texts from argument @first on behind @before, and NULL; NULL where there
 * is no memory. */
static char **
collect (TelarCall *call, const char *const *before, unsigned n_before)
{
  unsigned n = telar_call_n_arguments (call);
  char   **arguments = calloc (n_before + n + 1, sizeof (char *));

  for (unsigned i = 0; arguments != NULL && i < n_before + n; i++)
    arguments[i] = (char *) (uintptr_t) (i < n_before ? before[i]
                                                      : telar_call_text (call, i - n_before));
  return arguments;
}

static TelarResult
could_not (int error)
{
  return telar_result_error (error == ENOMEM ? TELAR_ERROR_MEMORY : TELAR_ERROR_PROGRAM);
}

TelarResult
telar_function_command (TelarCall *call)
{
  char          **arguments = collect (call, NULL, 0);
  TelarProgramEnd end;

  if (arguments == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  telar_program_run (call, arguments, false, &end);
  free (arguments);
  if (end.error == 0)
    return telar_program_result (&end);
  telar_call_printf (call, TELAR_STREAM_ERR, "%s: could not be run: %s\n",
                     telar_call_text (call, 0), strerror (end.error));
  return could_not (end.error);
}

/* What the function returned, in a program's answer; nothing else is a number. */
static TelarResult
result_of (const char *answer)
{
  char   *end;
  double  real;
  int64_t integer;

  switch (answer[0])
    {
    case 'b':
      return telar_result_boolean (answer[1] == '1');
    case 'i':
      integer = strtoll (answer + 1, &end, 10);
      return *end == '\0' ? telar_result_integer (integer) : telar_result_none ();
    case 'r':
      real = strtod (answer + 1, &end);
      return *end == '\0' && isfinite (real) ? telar_result_real (real) : telar_result_none ();
    default:
      return telar_result_none ();
    }
}

TelarResult
telar_function_python (TelarCall *call)
{
  static const char *const python[] = { "python3", "-c", script };
  char          **arguments = collect (call, python, 3);
  TelarProgramEnd end;

  if (arguments == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  telar_program_run (call, arguments, true, &end);
  free (arguments);
  if (end.error != 0)
    {
      telar_call_printf (call, TELAR_STREAM_ERR, "python3 could not be run: %s; install Python 3\n",
                         strerror (end.error));
      return could_not (end.error);
    }
  return end.code != 0 ? telar_program_result (&end) : result_of (end.answer);
}

TelarResult
telar_function_c_function (TelarCall *call)
{
  return telar_call_plugin (call);
}
