# sum-up.py
#
# SPDX-License-Identifier: MIT
#
# Reads the logs that `meson test` left, shows those of tests that failed, says
# which were skipped and why, and prints the one line that ends tests/run:
#
#   sum-up.py [NAME=testlog.json…] [--passed WHAT]… [--failed WHAT]… [--skipped WHAT]…
#
# Each point of a TAP test counts; a test without TAP counts as one.

import argparse
import json
import re
import sys

POINT = re.compile(r'^(not )?ok\b[ \t]*(.*)$', re.MULTILINE)
SKIP = re.compile(r'#\s*skip\S*\s*(.*)$', re.IGNORECASE | re.MULTILINE)
PLAN_SKIP = re.compile(r'^1\.\.0\b.*$', re.MULTILINE)
LOG_LINES = 120


def count(test):
    """Returns passed, failed, and (what, why) of what was skipped."""
    output = test.get('stdout') or ''
    result = test['result']
    passed = failed = 0
    skipped = []

    for no, rest in POINT.findall(output):
        skip = SKIP.search(rest)
        if skip:
            skipped.append((rest[:skip.start()].strip(), skip.group(1)))
        elif no and '# TODO' not in rest:
            failed += 1
        else:
            passed += 1

    if result in ('OK', 'EXPECTEDFAIL'):
        passed += 0 if passed or skipped else 1
    elif result == 'SKIP':
        if not skipped:
            plan = PLAN_SKIP.search(output)
            why = SKIP.search(plan.group(0)) if plan else None
            skipped.append(('', why.group(1) if why else 'says not why'))
    elif not failed:
        failed = 1

    return passed, failed, skipped


def show(build, test):
    print(f"\n---- {test['name']} ({build}): {test['result']}, "
          f"exit status {test.get('returncode')}")
    for stream in ('stdout', 'stderr'):
        lines = (test.get(stream) or '').rstrip().splitlines()
        if stream == 'stdout':
            lines = [line for line in lines if not line.startswith('ok ')]
        if len(lines) > LOG_LINES:
            print(f'  … {len(lines) - LOG_LINES} lines before, see the test log')
            lines = lines[-LOG_LINES:]
        for line in lines:
            print('  ' + line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('logs', nargs='*')
    parser.add_argument('--passed', action='append', default=[])
    parser.add_argument('--failed', action='append', default=[])
    parser.add_argument('--skipped', action='append', default=[])
    arguments = parser.parse_args()

    passed = len(arguments.passed)
    failed = len(arguments.failed)
    skipped = len(arguments.skipped)
    reasons = {what: [] for what in arguments.skipped}

    for log in arguments.logs:
        build, _, path = log.partition('=')
        try:
            with open(path, encoding='utf-8', errors='replace') as log:
                tests = [json.loads(line) for line in log]
        except OSError as error:
            print(f'no test ran in the {build} build: {error.strerror}')
            failed += 1
            continue

        for test in tests:
            ok, bad, left_out = count(test)
            passed += ok
            failed += bad
            skipped += len(left_out)
            for what, why in left_out:
                reasons.setdefault(f'{why}', []).append(f"{test['name']} {what} ({build})")
            if bad:
                show(build, test)

    for what in arguments.failed:
        print(f'failed: {what}')

    if reasons:
        print('\nskipped:')
        for why, tests in reasons.items():
            print(f'  {why}')
            for test in tests:
                print(f'    {test}')

    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


sys.exit(main())
