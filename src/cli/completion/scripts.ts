/** The shells whose command lines are completed. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

// Each script hands the words up to the cursor to `nhi complete` and shows what it answers. Nothing of the answer is
// evaluated: a rule or a snapshot may be called anything.

const BASH = `# Completes nhi in bash. In ~/.bashrc: source <(nhi completion bash)

_nhi() {
  local line=\${COMP_LINE:0:COMP_POINT} typed done='' breaks candidate path
  local -a words
  COMPREPLY=()
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  typed=\${words[\${#words[@]} - 1]}
  # Readline replaces only what follows the last of its word breaks.
  breaks=\${COMP_WORDBREAKS//[^=:]/}
  [[ -n $breaks && $typed == *["$breaks"]* ]] && done=\${typed%"\${typed##*["$breaks"]}"}
  type -P -- "$1" >/dev/null || set -- nhi
  while IFS=$'\\t' read -r candidate _; do
    case $candidate in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        while IFS= read -r path; do
          COMPREPLY+=("$path")
        done < <(
          if [[ $candidate == :folders ]]; then
            compgen -d -- "\${typed##*=}"
          else
            compgen -f -- "\${typed##*=}"
          fi
        )
        ;;
      *)
        [[ $candidate == *= ]] && compopt -o nospace 2>/dev/null
        COMPREPLY+=("\${candidate#"$done"}")
        ;;
    esac
  done < <("$1" complete -- "\${words[@]:1}" 2>/dev/null)
}

complete -F _nhi nhi
`;

const ZSH = `#compdef nhi
# Completes nhi in zsh. Once: nhi completion zsh > "\${fpath[1]}/_nhi"

_nhi() {
  local -a lines candidates unfinished
  local line word about paths=''
  lines=("\${(@f)$(command nhi complete -- "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  for line in "\${(@)lines}"; do
    case $line in
      '') ;;
      :*) paths=$line ;;
      *)
        word=\${line%%$'\\t'*}
        about=\${line#*$'\\t'}
        if [[ $word == *= ]]; then
          unfinished+=("\${word//:/\\\\:}:$about")
        else
          candidates+=("\${word//:/\\\\:}:$about")
        fi
        ;;
    esac
  done
  (( \${#candidates} )) && _describe -t words 'nhi' candidates
  (( \${#unfinished} )) && _describe -t words 'nhi' unfinished -S ''
  case $paths in
    :files) compset -P '*='; _files ;;
    :folders) compset -P '*='; _files -/ ;;
  esac
}

if [[ \${funcstack[1]} == _nhi ]]; then
  _nhi "$@"
else
  compdef _nhi nhi
fi
`;

const FISH = `# Completes nhi in fish. Once: nhi completion fish > ~/.config/fish/completions/nhi.fish

function __nhi_complete
    set -l typed (commandline -ct)
    test (count $typed) -eq 0; and set typed ''
    set -l words (commandline -opc)
    set -e words[1]
    for line in (command nhi complete -- $words $typed 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path $typed
            case ':folders'
                __fish_complete_directories $typed
            case '*'
                printf '%s\\n' $line
        end
    end
end

complete -c nhi -f -a '(__nhi_complete)'
`;

/** The script for each shell. */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
