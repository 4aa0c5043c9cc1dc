# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for byline, which itself knows what may follow.

function __byline_complete
    set -l words (commandline -opc)
    set -l current (string trim --left --chars='"\'' -- (commandline -ct))
    set -l found ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$found" = :files
        set -l path (string replace --regex '^--[a-z-]*=' '' -- $current)
        set -l head (string sub --length (math (string length -- $current) - (string length -- $path)) -- $current)
        for file in (__fish_complete_path $path)
            echo $head$file
        end
    else
        printf '%s\n' $found
    end
end

complete --command byline --no-files --arguments '(__byline_complete)'
