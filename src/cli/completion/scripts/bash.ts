/**
 * Asks the program for the words, by cobra's protocol. It needs bash alone, 3.2 or later, and works for the words `kubectl` and `kubemu`
 * and for an alias of either: `complete -o default -F __start_kubectl k`.
 */
export const BASH = String.raw`# bash completion for kubectl and kubemu                     -*- shell-script -*-

# The words up to the cursor in __kubemu_typed; what bash took apart at = and : is one word again.
__kubemu_words() {
    local rest=$COMP_LINE before word i
    __kubemu_typed=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=\${COMP_WORDS[i]}
        if [[ -n $word ]]; then before=\${rest%%"$word"*}; else before=$rest; fi
        rest=\${rest#"$before$word"}
        if ((i > 1)) && [[ -z $before ]]; then
            __kubemu_typed[\${#__kubemu_typed[@]} - 1]+=$word
        else
            __kubemu_typed+=("$word")
        fi
    done
}

# What a shell would make of a word's quotes.
__kubemu_plain() {
    local text=$1
    text=\${text//\\/}
    text=\${text//\"/}
    printf '%s' "\${text//\'/}"
}

__start_kubectl() {
    local __kubemu_typed program word last line text directive request candidates=() texts=()
    COMPREPLY=()
    __kubemu_words
    program=\${__kubemu_typed[0]}
    last=\${__kubemu_typed[\${#__kubemu_typed[@]} - 1]}
    request="$program __complete"
    [[ \${program##*/} == kubemu ]] && request="KUBEMU_COMPLETE_OWN=1 $request"
    for word in "\${__kubemu_typed[@]:1}"; do
        request+=" $(printf '%q' "$(__kubemu_plain "$word")")"
    done

    directive=1
    while IFS= read -r line; do
        if [[ $line =~ ^:[0-9]+$ ]]; then
            directive=\${line#:}
            continue
        fi
        candidates+=("\${line%%$'\t'*}")
        if [[ $line == *$'\t'* ]]; then text=\${line#*$'\t'}; else text=; fi
        texts+=("$text")
    done < <(eval "$request" 2>/dev/null)

    ((directive & 1)) && return
    if [[ $(type -t compopt) == builtin ]]; then
        ((directive & 2)) && compopt -o nospace
        ((directive & 4)) && compopt +o default
    fi
    # --flag=value: bash completes what follows the sign.
    [[ $last == -*=* ]] && last=\${last#*=}
    if ((directive & 8)); then
        __kubemu_files "$last" "\${candidates[@]}"
        return
    fi

    # bash replaces what stands behind the last = or : alone.
    local kept=\${last%"\${last##*[=:]}"} i shown
    [[ -n $kept && $COMP_WORDBREAKS != *"\${kept: -1}"* ]] && kept=
    for ((i = 0; i < \${#candidates[@]}; i++)); do
        word=\${candidates[i]}
        [[ $word == "$last"* ]] || continue
        shown=\${word#"$kept"}
        # The texts belong to a list of choices and not to the command line.
        if ((COMP_TYPE == 63)) && ((\${#candidates[@]} > 1)) && [[ -n \${texts[i]} ]]; then
            shown+="  (\${texts[i]})"
        fi
        COMPREPLY+=("$shown")
    done
}

# Files with one of the extensions, and folders.
__kubemu_files() {
    local typed=$1 file extension
    shift
    while IFS= read -r file; do
        if [[ -d $file ]]; then
            COMPREPLY+=("$file")
            continue
        fi
        for extension; do
            [[ $file == *."$extension" ]] && COMPREPLY+=("$file")
        done
    done < <(compgen -f -- "$typed")
    [[ $(type -t compopt) == builtin ]] && compopt -o filenames
}

complete -o default -F __start_kubectl kubectl
complete -o default -F __start_kubectl kubemu
`.replaceAll("\\$", "$");
