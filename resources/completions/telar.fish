# fish completion for telar
#
# SPDX-License-Identifier: MIT

set -l commands run export check functions cores python
set -l none "not __fish_seen_subcommand_from $commands"
set -l graph "__fish_seen_subcommand_from run export check python"
set -l how "__fish_seen_subcommand_from run export"

complete -c telar -f
complete -c telar -n $none -l help -d 'Show help'
complete -c telar -n $none -l version -d 'Show the version'
complete -c telar -n $none -a run -d 'Run a graph and tell what happened'
complete -c telar -n $none -a export -d 'Run a graph and make pictures of it'
complete -c telar -n $none -a check -d 'Tell every fault of a graph'
complete -c telar -n $none -a functions -d 'List the functions that a task can call'
complete -c telar -n $none -a cores -d 'Tell the cores of this computer'
complete -c telar -n $none -a python -d 'Print the Python program that does the same'
complete -c telar -n $none -k -a '(__fish_complete_suffix .telar)'
complete -c telar -n $graph -k -a '(__fish_complete_suffix .telar)'
complete -c telar -n "__fish_seen_subcommand_from $commands" -l help -d 'Show help'

complete -c telar -n $how -x -l cores -a 'all 0 0-1' -d 'Use these cores only'
complete -c telar -n $how -x -l placement -a 'free spread packed' -d 'Where tasks run'
complete -c telar -n $how -x -l start-method -a 'fork forkserver spawn' -d 'How processes are started'
complete -c telar -n $how -x -l record -a 'exact sampled off' -d 'How slices are recorded'
complete -c telar -n $how -x -l timeout -d 'End the run after that long'
complete -c telar -n $how -l allow-commands -d 'Let the graph run programs'

complete -c telar -n '__fish_seen_subcommand_from run export' -r -F -l report -d 'Write what happened as JSON'
complete -c telar -n '__fish_seen_subcommand_from run export' -r -F -l statistics -d 'Write statistics as a table'
complete -c telar -n '__fish_seen_subcommand_from run export' -x -l serial-time -d 'How long the work takes one after the other'
complete -c telar -n '__fish_seen_subcommand_from run' -r -F -l out -d 'Keep the run, to be looked at again'
complete -c telar -n '__fish_seen_subcommand_from run' -r -F -l export -d 'Make a picture or data'
complete -c telar -n '__fish_seen_subcommand_from run' -s q -l quiet -d 'Without summary and lanes'

complete -c telar -n $how -x -l size -a '1280x720 1920x1080 85mm 170mm 85x50mm' -d 'Pixels or mm'
complete -c telar -n $how -x -l dpi -a '150 300 600' -d 'Pixels to the inch'
complete -c telar -n $how -x -l range -d 'This stretch of time only'
complete -c telar -n $how -x -l lanes -a 'cores tasks objects graph cores,tasks,graph' -d 'What is shown'
complete -c telar -n $how -x -l arrows -a 'order all' -d 'Which arrows'
complete -c telar -n $how -x -l sort -a 'graph start cpu switches name' -d 'The order of lanes'
complete -c telar -n $how -x -l scale -a '1 2 4 8' -d 'Pixels of a PNG'
complete -c telar -n $how -x -l style -a 'light dark print' -d 'Look'
complete -c telar -n $how -x -l font -d 'Family and points'
complete -c telar -n $how -x -l lang -a 'en es' -d 'Language of the picture'
complete -c telar -n $how -x -l title -d 'The title'
complete -c telar -n $how -x -l date -d 'The date'
complete -c telar -n $how -l no-title -d 'Without the title'
complete -c telar -n $how -l no-legend -d 'Without the legend'
complete -c telar -n $how -l no-bookmarks -d 'Without the bookmarks'
complete -c telar -n $how -l no-source -d 'Without how it was recorded'
complete -c telar -n $how -l no-date -d 'Without the date'
complete -c telar -n '__fish_seen_subcommand_from export' -k -a '(__fish_complete_suffix .png)'

complete -c telar -n '__fish_seen_subcommand_from functions' -k -x -a '(__fish_complete_suffix .so)' -l library -d 'Those of a plug-in'
complete -c telar -n '__fish_seen_subcommand_from functions' -l json -d 'As JSON'
