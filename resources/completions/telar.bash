# bash completion for telar
#
# SPDX-License-Identifier: MIT

_telar_files () {
  local pattern=$1 name

  compopt -o filenames 2> /dev/null
  while IFS= read -r name; do
    if [[ -d $name || $name =~ $pattern ]]; then COMPREPLY+=("$name"); fi
  done < <(compgen -f -- "$cur")
}

_telar_words () {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}

_telar () {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]:-}
  local look='--size --dpi --range --lanes --arrows --sort --scale --style --font --lang --title --date --no-title --no-legend --no-source --no-date --no-bookmarks'
  local how='--cores --placement --start-method --record --timeout --allow-commands'

  COMPREPLY=()
  # "--option=value" comes as three words.
  if [[ $prev == = ]] && (( COMP_CWORD >= 2 )); then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $cur == = ]]; then
    cur=
  fi

  if (( COMP_CWORD == 1 )); then
    if [[ $cur == -* ]]; then
      _telar_words '--help --version'
    else
      _telar_words 'run export check functions cores python'
      _telar_files '\.telar$'
    fi
    return
  fi

  case $prev in
    --cores) _telar_words 'all 0 0-1'; return ;;
    --placement) _telar_words 'free spread packed'; return ;;
    --start-method) _telar_words 'fork forkserver spawn'; return ;;
    --record) _telar_words 'exact sampled off'; return ;;
    --lanes) _telar_words 'cores tasks objects graph cores,tasks cores,tasks,objects cores,tasks,graph'; return ;;
    --arrows) _telar_words 'order all'; return ;;
    --sort) _telar_words 'graph start cpu switches name'; return ;;
    --style) _telar_words 'light dark print'; return ;;
    --lang) _telar_words 'en es'; return ;;
    --size) _telar_words '1280x720 1920x1080 85x50mm 170x100mm'; return ;;
    --library) _telar_files '\.so$'; return ;;
    --report) _telar_files '\.json$'; return ;;
    --statistics) _telar_files '\.csv$'; return ;;
    --out) _telar_files '\.telar-run$'; return ;;
    --export) _telar_files '\.(png|svg|pdf|json|csv|telar-run)$'; return ;;
    --dpi) _telar_words '150 300 600'; return ;;
    --timeout|--serial-time|--range|--font|--title|--date) return ;;
  esac

  case $command in
    run)
      if [[ $cur == -* ]]; then
        _telar_words "--help --report --statistics --serial-time --out --export --quiet $look $how"
      else
        _telar_files '\.telar$'
      fi ;;
    export)
      if [[ $cur == -* ]]; then
        _telar_words "--help --report --statistics --serial-time $look $how"
      else
        _telar_files '\.(telar|telar-run|png|svg|pdf|json|csv)$'
      fi ;;
    check|python)
      if [[ $cur == -* ]]; then _telar_words '--help'; else _telar_files '\.telar$'; fi ;;
    functions) _telar_words '--help --library --json' ;;
    cores) _telar_words '--help' ;;
    *) _telar_files '\.telar$' ;;
  esac
}

complete -F _telar telar
