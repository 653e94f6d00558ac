/** Asks the program for the words, by cobra's protocol; for the words `kubectl` and `kubemu`. */
export const FISH = `# fish completion for kubectl and kubemu                     -*- shell-script -*-

function __kubemu_ask
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l own
    test (basename $words[1]) = kubemu; and set own KUBEMU_COMPLETE_OWN=1
    env $own $words[1] __complete $words[2..-1] "$last" 2>/dev/null
end

# The choices, with their texts; nothing where files are to be completed.
function __kubemu_choices
    set -l lines (__kubemu_ask)
    test (count $lines) -gt 0; or return 1
    set -l directive (string replace -r '^:' '' -- $lines[-1])
    set -e lines[-1]
    test (math "bitand($directive, 1)") -ne 0; and return 1
    test (math "bitand($directive, 8)") -ne 0; and return 1
    set -l flag (string match -r '^-[^=]*=' -- (commandline -ct))
    for line in $lines
        printf '%s%s\\n' "$flag" "$line"
    end
end

# True when the shell's own completion of files has no place.
function __kubemu_no_files
    set -l lines (__kubemu_ask)
    set -l directive (string replace -r '^:' '' -- $lines[-1])
    test -n "$directive"; and test (math "bitand($directive, 4)") -ne 0
end

for program in kubectl kubemu
    complete -c $program -e
    complete -c $program -n '__kubemu_no_files' -f
    complete -k -c $program -a '(__kubemu_choices)'
end
`;
