# test-translations.py
#
# SPDX-License-Identifier: MIT
#
# No text of the program is missing in a translation, none is out of date, none
# has another format than the original, and none was forgotten to be marked.

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

PO = os.path.join(tap.ROOT, 'resources', 'po')
spec = importlib.util.spec_from_file_location('update', os.path.join(PO, 'update.py'))
update = importlib.util.module_from_spec(spec)
spec.loader.exec_module(update)

HINT = 'run resources/po/update.py'


def messages(path, *options):
    """The msgids of a catalogue file, as msgattrib selects them."""
    text = subprocess.run(['msgattrib', '--no-wrap', '--no-location', *options, path],
                          check=True, capture_output=True, text=True).stdout
    found = []
    for entry in text.split('\n\n'):
        context = re.search(r'^msgctxt "(.*)"$', entry, re.MULTILINE)
        parts = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.MULTILINE)
        msgid = ''.join(re.findall(r'"(.*)"', parts.group(1))) if parts else ''
        if msgid:
            found.append((context.group(1) + ': ' if context else '') + msgid)
    return found


def pairs(path):
    """(msgid, msgstr) of every translated message without plural."""
    text = subprocess.run(['msgattrib', '--no-wrap', '--translated', path],
                          check=True, capture_output=True, text=True).stdout
    for entry in text.split('\n\n'):
        parts = re.search(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', entry, re.MULTILINE)
        if parts:
            msgid, msgstr = (''.join(re.findall(r'"(.*)"', part)) for part in parts.groups())
            if msgid:
                yield msgid, msgstr


def test_files(scratch):
    for name, text in (('POTFILES.in', update.potfiles()),
                       ('example-texts.h', update.example_texts())):
        with open(os.path.join(scratch, name), 'w', encoding='utf-8') as file:
            file.write(text)
        there = set(tap.read(f'resources/po/{name}').splitlines())
        now = set(text.splitlines())
        tap.point(f'{name} is up to date',
                  [f'missing: {line}; {HINT}' for line in sorted(now - there)] +
                  [f'no longer so: {line}; {HINT}' for line in sorted(there - now)])

    # xgettext reads the file of the source tree by its name: that one is checked above.
    update.make_template(scratch)
    now = set(messages(os.path.join(scratch, 'telar.pot')))
    there = set(messages(os.path.join(PO, 'telar.pot')))
    tap.point('telar.pot is up to date',
              [f'missing: "{text}"; {HINT}' for text in sorted(now - there)] +
              [f'no longer so: "{text}"; {HINT}' for text in sorted(there - now)])


def test_language(language, scratch):
    path = os.path.join(PO, f'{language}.po')
    merged = os.path.join(scratch, f'{language}.po')
    update.merge(language, os.path.join(scratch, 'telar.pot'), merged)

    tap.point(f'{language}: every text is translated', [
        f'"{text}" is not' for text in messages(merged, '--untranslated')])
    tap.point(f'{language}: no translation is only a guess', [
        f'"{text}" is fuzzy' for text in messages(path, '--only-fuzzy')])

    checked = subprocess.run(['msgfmt', '--check', '-o', os.devnull, path],
                             check=False, capture_output=True, text=True)
    tap.point(f'{language}: formats and header are right',
              checked.stderr.splitlines() if checked.returncode else [])

    # Where a text ends in one of these, its translation does.
    faults = []
    for text, translation in pairs(merged):
        for end in (':', '…', r'\n', '.', ' '):
            if text.endswith(end) != translation.endswith(end) and text[-2:] != '..':
                faults.append(f'one of "{text}" and "{translation}" ends in "{end}"')
        if text.startswith(' ') != translation.startswith(' '):
            faults.append(f'one of "{text}" and "{translation}" begins with a blank')
        if len(re.findall('[“”]', text)) and '“' not in translation and '«' not in translation:
            faults.append(f'"{translation}" lost the quotes of "{text}"')
    tap.point(f'{language}: texts end alike', faults)


# ---- Texts that were forgotten to be marked ----------------------------------

TOKEN = re.compile(r'''(?P<comment>/\*.*?\*/|//[^\n]*)
                     | (?P<string>"(?:[^"\\\n]|\\.)*")
                     | (?P<char>'(?:[^'\\\n]|\\.)*')
                     | (?P<word>[A-Za-z_]\w*)
                     | (?P<open>\() | (?P<close>\)) | (?P<end>[;{}])
                     | (?P<line>^[ \t]*\#.*?(?<!\\)$)''', re.VERBOSE | re.DOTALL | re.MULTILINE)
MARKS = {'_', 'N_', 'C_', 'NC_', 'Q_', 'ngettext', 'g_dngettext', 'g_dpgettext2', 'g_dgettext'}
# What these are given is seen by a person.
SHOWS = re.compile(r'''^(gtk_\w+_set_(label|title|subtitle|text|markup|tooltip_text|tooltip_markup
                       |placeholder_text|secondary_text|message|detail|comments|description)
                     |gtk_(label|check_button|toggle_button|button)_new(_with_label
                       |_with_mnemonic)?
                     |g_menu_append|g_menu_item_new|g_menu_append_section|g_menu_append_submenu
                     |gtk_message_dialog_new\w*
                     |g_set_error(_literal)?|g_error_new(_literal)?|g_prefix_error
                     |g_print|g_printerr|printf|fprintf|puts|fputs|dprintf)$''', re.VERBOSE)
# What these are given is not.
SILENT = re.compile(r'''^(g_(debug|warning|critical|message|error|info|assert\w*|return\w*)
                      |telar_call_\w+|strcmp|strncmp|str\w+|g_str\w+|g_utf8_\w+|memcmp|sscanf
                      |static_assert|_Static_assert|G_DEFINE\w+|getenv|g_getenv)$''', re.VERBOSE)
# A marked text with a macro in it that is none of <inttypes.h>'s.
CUT_OFF = re.compile(r'''\b(?:_|N_|C_|ngettext|g_dngettext)\ ?\((?:[\w\s]*,)?
                         (?:[\s,]*(?:"(?:[^"\\\n]|\\.)*"|PRI\w+))*
                         \s*("(?:[^"\\\n]|\\.)*"\s*(?!PRI)[A-Z_][A-Z_0-9]+)''', re.VERBOSE)
FORMAT = re.compile(r"%[-+ #0-9.*']*(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|\\.|PRI\w+|<[^>]*>")


# What is the same in every language: the program's name, and commands.
SAME = re.compile(r'^(Telar|(sysctl|setcap) .*)$')


def is_sentence(text):
    """Whether a person would call it words: "No display", not "%s: " or "tasks"."""
    plain = FORMAT.sub(' ', text)
    words = re.findall(r"[A-Za-z][a-z']+", plain)
    return len(words) >= 2 and re.search(r'[a-z]{2} [a-z]{2}', plain) is not None


def is_word(text):
    return not SAME.match(text) and re.search(r'[A-Za-z]{2}', FORMAT.sub(' ', text)) is not None


def unmarked(name):
    code = tap.read(name)
    calls = []          # names of the calls that are open here
    before = None
    last_end = -1
    last_shown = False

    for token in TOKEN.finditer(code):
        kind = token.lastgroup
        if kind == 'open':
            calls.append(before or '')
        elif kind == 'close' and calls:
            calls.pop()
        elif kind == 'end':
            calls = []
        elif kind == 'string':
            text = token.group()[1:-1]
            line = code.count('\n', 0, token.start()) + 1
            whole = code.splitlines()[line - 1]
            # A literal that goes on is judged with its beginning.
            goes_on = last_end >= 0 and not code[last_end:token.start()].strip()
            last_end = token.end()
            if goes_on and last_shown:
                continue
            last_shown = True
            if MARKS & set(calls) or any(SILENT.match(call) for call in calls):
                continue
            if 'not translated' in whole or (calls and calls[-1].isupper()):
                continue
            call = calls[-1] if calls else ''
            if SHOWS.match(call):
                labels = call.startswith(('gtk_', 'g_menu'))
                if is_sentence(text) or labels and is_word(text):
                    yield f'{name}:{line}: {call} ("{text}") is not marked for translation'
            elif is_sentence(text) and text[0].isupper() and name.startswith(('ui/', 'app/')):
                yield f'{name}:{line}: "{text}" is not marked for translation'
            last_shown = False
        before = token.group() if kind == 'word' else None


def test_marks():
    runtime = ('core/catalogue', 'core/plan', 'core/recorder', 'core/engine')
    for folder in ('app', 'ui', 'core'):
        tap.point(f'{folder}: every text is marked', [
            fault for name in tap.files(folder, ends='.c')
            if not name.startswith(runtime) for fault in unmarked(name)])

    # xgettext knows PRIu64 and the like, but a text ends at other macros.
    tap.point('no text is cut off by a macro', [
        f'{name}: {found.group(1)}; use PRIu64 or PRId64'
        for name in tap.files('app', 'ui', 'core', ends='.c')
        for found in CUT_OFF.finditer(tap.read(name))])

    faults = []
    for name in tap.files('ui', 'resources', ends='.ui'):
        for match in re.finditer(r'<property name="(label|title|subtitle|tooltip-text|'
                                 r'placeholder-text|text|message)"([^>]*)>([^<]+)<', tap.read(name)):
            if 'translatable' not in match.group(2) and is_word(match.group(3)):
                faults.append(f'{name}: <property name="{match.group(1)}"> "{match.group(3)}" '
                              'is not translatable="yes"')
    tap.point('.ui files: every text is marked', faults)


def main():
    for tool in ('xgettext', 'msgmerge', 'msgattrib', 'msgfmt'):
        if shutil.which(tool) is None:
            print(f'1..0 # SKIP the program {tool} (package gettext) is not there')
            return

    with tempfile.TemporaryDirectory() as scratch:
        test_files(scratch)
        for language in update.languages():
            test_language(language, scratch)
    test_marks()
    tap.done()


main()
