/** Asks the program for the words, by cobra's protocol; for the words `kubectl` and `kubemu`. */
export const ZSH = String.raw`#compdef kubectl kubemu
compdef _kubectl kubectl
compdef _kubectl kubemu

# zsh completion for kubectl and kubemu                      -*- shell-script -*-

_kubectl() {
    local program=\${words[1]} last=\${words[CURRENT]} line directive=1 prefix
    local -a request choices extensions options
    request=("\${(@Q)words[2,CURRENT]}")
    while IFS= read -r line; do
        if [[ $line == :<-> ]]; then
            directive=\${line#:}
        else
            # _describe parts a word from its text at a colon.
            choices+=("\${\${line%%$'\t'*}//:/\\:}\${\${(M)line%%$'\t'*}:+:\${line#*$'\t'}}")
            extensions+=("*.$line")
        fi
    done < <(
        [[ \${program:t} == kubemu ]] && export KUBEMU_COMPLETE_OWN=1
        eval "\${program} __complete \${(j: :)\${(@qq)request}}" 2>/dev/null
    )

    (( directive & 1 )) && return 1
    if [[ $last == -*=* ]]; then
        compset -P '*='
    fi
    if (( directive & 8 )); then
        _files -g "(\${(j:|:)extensions})"
        return
    fi
    (( directive & 2 )) && options=(-S '')
    if (( \${#choices} > 0 )); then
        _describe -V 'completions' choices "\${options[@]}" && return 0
    fi
    (( directive & 4 )) && return 1
    _files
}

if [[ \${funcstack[1]} == _kubectl ]]; then
    _kubectl
fi
`.replaceAll("\\$", "$");
