# shellcheck shell=bash
#
# packages.sh
#
# SPDX-License-Identifier: MIT
#
# The system packages that Telar is built, run and tested with: the only list
# of them, read by app/run and tests/run.

# One row a need: when it is needed (build: to build and use Telar; test: for
# its tests), how its presence is seen, and the package that brings it.
#
#   command:NAME     a program on the PATH
#   module:NAME:MIN  a library that pkg-config knows, at least version MIN
#   library:NAME     a library without pkg-config's knowledge
#   file:PATTERN     a file that matches
telar_needs () {
  cat <<'NEEDS'
# when  seen as                          Debian, Ubuntu       Fedora               Arch               openSUSE
build   command:cc                       gcc                  gcc                  gcc                gcc
build   file:/usr/include/stdlib.h       libc6-dev            glibc-devel          glibc              glibc-devel
build   command:meson                    meson                meson                meson              meson
build   command:ninja                    ninja-build          ninja-build          ninja              ninja
build   command:pkg-config               pkg-config           pkgconf-pkg-config   pkgconf            /usr/bin/pkg-config
build   command:msgfmt                   gettext              gettext              gettext            gettext-tools
build   command:dot                      graphviz             graphviz             graphviz           graphviz
build   module:gtk4:4.8                  libgtk-4-dev         gtk4-devel           gtk4               gtk4-devel
build   module:gio-unix-2.0:2.74         libglib2.0-dev       glib2-devel          glib2-devel        glib2-devel
build   command:glib-compile-resources   libglib2.0-dev-bin   glib2-devel          glib2-devel        glib2-devel
build   module:cairo-svg:1.16            libcairo2-dev        cairo-devel          cairo              cairo-devel
build   module:cairo-pdf:1.16            libcairo2-dev        cairo-devel          cairo              cairo-devel
build   module:pangocairo:1.50           libpango1.0-dev      pango-devel          pango              pango-devel
build   module:jansson:2.13              libjansson-dev       jansson-devel        jansson            libjansson-devel
build   module:hwloc:2.4                 libhwloc-dev         hwloc-devel          hwloc              hwloc-devel
build   file:/usr/share/fonts/*/*        fonts-dejavu-core    dejavu-sans-fonts    ttf-dejavu         dejavu-fonts
test    command:clang                    clang                clang                clang              clang
test    library:clang/*/lib/*/libclang_rt.fuzzer* libclang-rt-dev compiler-rt      compiler-rt        clang
test    library:libasan                  gcc                  libasan              gcc-libs           libasan8
test    library:libubsan                 gcc                  libubsan             gcc-libs           libubsan1
test    library:libtsan                  gcc                  libtsan              gcc-libs           libtsan2
test    command:python3                  python3              python3              python             python3
test    command:ps                       procps               procps-ng            procps-ng          procps
test    command:Xvfb                     xvfb                 xorg-x11-server-Xvfb xorg-server-xvfb   xorg-x11-server-Xvfb
test    command:openbox                  openbox              openbox              openbox            openbox
test    command:xdotool                  xdotool              xdotool              xdotool            xdotool
test    command:dbus-run-session         dbus-daemon          dbus-daemon          dbus               /usr/bin/dbus-run-session
test    file:/usr/lib*/at-spi*           at-spi2-core         at-spi2-core         at-spi2-core       at-spi2-core
test    library:girepository-1.0/Atspi-2.0 gir1.2-atspi-2.0   at-spi2-core         at-spi2-core       typelib-1_0-Atspi-2_0
test    file:/usr/lib*/python3*/*/gi/*.py python3-gi          python3-gobject-base python-gobject     python3-gobject
test    command:import                   imagemagick          ImageMagick          imagemagick        ImageMagick
test    command:rsvg-convert             librsvg2-bin         librsvg2-tools       librsvg            rsvg-convert
test    command:pdftoppm                 poppler-utils        poppler-utils        poppler            poppler-tools
test    command:desktop-file-validate    desktop-file-utils   desktop-file-utils   desktop-file-utils desktop-file-utils
test    command:appstreamcli             appstream            appstream            appstream          AppStream
NEEDS
}

# Prints debian, fedora, arch or suse; unknown for all others.
telar_distribution () {
  local ID='' ID_LIKE='' name

  # shellcheck disable=SC1091
  if [[ -r /etc/os-release ]]; then . /etc/os-release; fi

  for name in $ID $ID_LIKE; do
    case $name in
      debian|ubuntu) echo debian; return ;;
      fedora|rhel) echo fedora; return ;;
      arch) echo arch; return ;;
      suse|opensuse*) echo suse; return ;;
    esac
  done

  echo unknown
}

# telar_present SEEN: whether one need is met.
telar_present () {
  local kind name minimum

  IFS=: read -r kind name minimum <<< "$1"

  case $kind in
    command) command -v "$name" ;;
    module) command -v pkg-config && pkg-config --exists "$name >= $minimum" ;;
    library) compgen -G "/usr/lib*/$name.*" || compgen -G "/usr/lib/*/$name.*" ;;
    file) compgen -G "$name" ;;
  esac > /dev/null
}

# telar_missing WHENS COLUMN: prints the packages (COLUMN 0…3), or the needs
# themselves (COLUMN -1), that are not there, each once.
telar_missing () {
  local whens=" $1 " column=$2 when seen package modules=() rows=()
  local -A printed

  # All modules in one look, which is enough nearly always.
  while read -r when seen _; do
    if [[ $whens == *" $when "* && $seen == module:* ]]; then
      IFS=: read -r _ name minimum <<< "$seen"
      modules+=("$name >= $minimum")
    fi
  done < <(telar_needs)

  if command -v pkg-config > /dev/null && pkg-config --exists "${modules[@]}"; then
    modules=()
  fi

  while read -r when seen 'rows[0]' 'rows[1]' 'rows[2]' 'rows[3]'; do
    [[ $whens == *" $when "* ]] || continue
    [[ $seen == module:* && ${#modules[@]} -eq 0 ]] && continue
    telar_present "$seen" && continue

    if (( column < 0 )); then package=$seen; else package=${rows[column]}; fi
    if [[ -z ${printed[$package]:-} ]]; then
      printed[$package]=1
      echo "$package"
    fi
  done < <(telar_needs)
}

# telar_tell_missing WHENS: one line a need that is not met, for people.
telar_tell_missing () {
  local seen kind name minimum found

  while read -r seen; do
    IFS=: read -r kind name minimum <<< "$seen"
    case $kind in
      command) echo "  the program $name" ;;
      library) echo "  the library $name" ;;
      file) echo "  a file like $name" ;;
      module)
        found=$(pkg-config --modversion "$name" 2> /dev/null) || found=none
        echo "  the library $name, $minimum or later, with its headers (here: $found)"
        ;;
    esac
  done < <(telar_missing "$1" -1)
}

# telar_as_root COMMAND…: runs it as root, by sudo for others. With a terminal
# sudo may ask for the password there; without one it must not.
telar_as_root () {
  if (( EUID == 0 )); then
    "$@"
  elif ! command -v sudo > /dev/null; then
    echo "this needs root, and there is no sudo" >&2
    return 1
  elif { : < /dev/tty; } 2> /dev/null; then
    sudo -p 'Telar installs system packages; password for %u: ' -- "$@"
  else
    sudo -n -- "$@"
  fi
}

# telar_apt WORDS…: apt-get, which waits while another package manager works.
telar_apt () {
  local log=$1 end=$((SECONDS + 900)) told=0 status
  shift

  while true; do
    telar_as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
      apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" > "$log" 2>&1 < /dev/null
    status=$?

    if (( status == 0 || SECONDS >= end )) ||
       ! grep -q -E 'Could not get lock|Unable to (lock|acquire)' "$log"; then
      return $status
    fi
    if (( !told )); then
      echo "Another package manager is at work: waiting for it…" >&2
      told=1
    fi
    sleep 2
  done
}

# telar_install WHENS: installs what is missing. Returns 1, with the reason on
# standard error, where that cannot be done.
telar_install () {
  local whens=$1 distribution packages=() column log words status=0

  distribution=$(telar_distribution)
  case $distribution in
    debian) column=0; words='apt-get install --no-install-recommends' ;;
    fedora) column=1; words='dnf install' ;;
    arch)   column=2; words='pacman -S --needed' ;;
    suse)   column=3; words='zypper install' ;;
    *)      column=-1 ;;
  esac

  mapfile -t packages < <(telar_missing "$whens" "$column")
  (( ${#packages[@]} )) || return 0

  if (( column < 0 )); then
    echo "Telar knows the package names of Debian, Ubuntu, Fedora, Arch and openSUSE." >&2
    echo "Please install what is missing here, then start this again:" >&2
    telar_tell_missing "$whens" >&2
    return 1
  fi

  echo "Installing ${#packages[@]} system packages: ${packages[*]}" >&2
  log=$(mktemp)

  case $distribution in
    debian)
      # One repository that does not answer must not stop the others: whether
      # the packages can be had is for the second command to say.
      telar_apt "$log" update || true
      mv -- "$log" "$log.update"
      telar_apt "$log" install --no-install-recommends "${packages[@]}" || status=$?
      ;;
    fedora)
      telar_as_root dnf install -y "${packages[@]}" > "$log" 2>&1 < /dev/null || status=$?
      ;;
    arch)
      telar_as_root pacman -Sy --needed --noconfirm "${packages[@]}" \
        > "$log" 2>&1 < /dev/null || status=$?
      ;;
    suse)
      telar_as_root zypper --non-interactive install "${packages[@]}" \
        > "$log" 2>&1 < /dev/null || status=$?
      ;;
  esac

  if (( status != 0 )); then
    telar_tell_why "$log" >&2
    if (( EUID == 0 )); then
      echo "Please try it yourself, then start this again:" >&2
    elif command -v sudo > /dev/null; then
      echo "Please try it yourself, then start this again:" >&2
      words="sudo $words"
    else
      echo "There is no sudo here; as root, before you start this again:" >&2
    fi
    echo "  $words ${packages[*]}" >&2
  fi
  rm -f -- "$log" "$log.update"
  (( status == 0 )) || return 1

  hash -r
  if [[ -n $(telar_missing "$whens" -1) ]]; then
    echo "The packages are installed, but this system's are not enough for Telar:" >&2
    telar_tell_missing "$whens" >&2
    return 1
  fi
}

# telar_tell_why LOG: why the packages could not be installed.
telar_tell_why () {
  local servers='Temporary failure|Could not (resolve|connect)|Unable to connect|Failed to fetch'

  if ! telar_network; then
    echo "The packages could not be fetched: this machine has no network."
  elif grep -q -s -E "$servers" -- "$1" "$1.update"; then
    grep -h -s -E "$servers" -- "$1" "$1.update" | head -n 3 | sed 's/^/  | /'
    echo "The packages could not be fetched: a package server does not answer."
  else
    tail -n 15 -- "$1" | sed 's/^/  | /'
    echo "The packages could not be installed."
  fi
}

# Whether there is a way out of this machine: a default route.
telar_network () {
  local words

  [[ -r /proc/net/route ]] || return 0
  while read -r -a words; do
    [[ ${words[1]:-} == 00000000 ]] && return 0
  done < /proc/net/route

  [[ -r /proc/net/ipv6_route ]] || return 1
  while read -r -a words; do
    [[ ${words[0]}${words[1]} =~ ^0{34}$ && ${words[9]} != lo ]] && return 0
  done < /proc/net/ipv6_route
  return 1
}
