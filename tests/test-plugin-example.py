# test-plugin-example.py
#
# SPDX-License-Identifier: MIT
#
# The example of a plug-in, as somebody who has Telar installed builds it: with
# the header and the pkg-config file that were installed (into a folder of this
# test's own), by its own meson.build and by hand; then what telar says of it, and
# its graph run. Arguments: telar, the folder of the build, that of the example.

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

telar, build, example = (os.path.abspath(argument) for argument in sys.argv[1:4])


def call(*words, **options):
    done = subprocess.run(words, check=False, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, **options)
    return done.returncode, done.stdout, done.stderr


def succeeds(name, *words, **options):
    status, out, err = call(*words, **options)
    tap.point(name, (out + err).splitlines()[-30:] if status != 0 else [])
    return status == 0


def find(folder, name):
    return next((os.path.join(where, name) for where, _, names in os.walk(folder)
                 if name in names), None)


def install(place):
    """Installs what a plug-in is built with. Returns: the environment to build one in."""
    root = os.path.join(place, 'root')
    if not succeeds('header and pkg-config file are installed', 'meson', 'install', '-C', build,
                    '--no-rebuild', '--destdir', root, '--tags', 'devel', '--quiet'):
        return None
    header, description = find(root, 'telar-function.h'), find(root, 'telar-function.pc')
    tap.point('where they are expected', [f'{name} is not there' for name, path in
              (('telar-function.h', header), ('telar-function.pc', description)) if not path])
    if not header or not description:
        return None
    return dict(os.environ, PKG_CONFIG_PATH=os.path.dirname(description),
                PKG_CONFIG_SYSROOT_DIR=root)


def test_by_meson(place, environment):
    source = os.path.join(place, 'own')
    shutil.copytree(example, source)
    built = os.path.join(source, 'build')
    if succeeds('the example is set up', 'meson', 'setup', '--werror', built, source,
                env=environment):
        if succeeds('the example is built', 'ninja', '-C', built, env=environment):
            return built
    return None


def test_by_hand(place, environment):
    """The header alone, as strict as compilers are."""
    status, flags, err = call('pkg-config', '--cflags', 'telar-function', env=environment)
    tap.point('pkg-config finds it', err.splitlines() if status else [])
    target = os.path.join(place, 'by-hand.so')
    source = os.path.join(example, 'telar-hello.c')
    succeeds('the example is strict C11', 'cc', '-std=c11', '-pedantic', '-Wall', '-Wextra',
             '-Werror', '-shared', '-fPIC', *flags.split(), source, '-o', target)
    if shutil.which('c++') is None:
        tap.skip('the header is C++ too', 'there is no C++ compiler')
    else:
        other = os.path.join(place, 'empty.cc')
        with open(other, 'w', encoding='utf-8') as file:
            file.write('#include <telar-function.h>\n')
        succeeds('the header is C++ too', 'c++', '-Wall', '-Wextra', '-Werror', '-fsyntax-only',
                 *flags.split(), other)
    status, _, err = call(telar, 'functions', '--library', target)
    tap.point('what was built by hand is a plug-in', err.splitlines() if status else [])


def test_functions(built):
    library = os.path.join(built, 'telar-hello.so')
    status, out, err = call(telar, 'functions', '--library', library)
    tap.point('its functions are told', [] if status == 0 and 'hello (name = "world")' in out
              and 'limit: whole number, 1 to 100000000' in out else [out, err])
    status, out, err = call(telar, 'functions', '--json', '--library', library)
    names = [row['name'] for row in json.loads(out)['functions']] if status == 0 else []
    tap.point('its functions are told for programs',
              [] if names == ['hello', 'collatz'] else [out, err])


def test_run(built):
    graph = os.path.join(built, 'hello.telar')
    status, out, err = call(telar, 'check', graph)
    tap.point('its graph is sound', (out + err).splitlines() if status or out else [])
    status, out, err = call(telar, 'run', '--quiet', graph)
    tap.point('its graph asks first', [] if status == 2 and '--allow-commands' in err
              and 'c_function("telar-hello.so", "hello", "Ana")' in err else [out, err])
    status, out, err = call(telar, 'run', '--quiet', '--allow-commands', graph, cwd='/')
    expected = ['Done', 'hello Ana, from C in the task greet',
                'up to 10000, 6171 takes longest: 261 steps',
                'up to 1000000, 837799 takes longest: 524 steps']
    tap.point('its graph runs', [] if status == 0 and sorted(out.splitlines()) == expected
              and out.endswith('Done\n') else [f'exit status {status}', out, err])


def main():
    missing = [name for name in ('meson', 'ninja', 'pkg-config', 'cc') if not shutil.which(name)]
    if missing:
        tap.skip('the example of a plug-in', f'there is no {missing[0]}')
        tap.done()
    with tempfile.TemporaryDirectory(prefix='telar-example-') as place:
        environment = install(place)
        if environment is not None:
            test_by_hand(place, environment)
            built = test_by_meson(place, environment)
            if built is not None:
                test_functions(built)
                test_run(built)
    tap.done()


main()
