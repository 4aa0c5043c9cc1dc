# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for byline, which itself knows what may follow.

_byline() {
  local cur words cword line
  if declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref -n '=:' cur words cword
  else
    local word
    words=()
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
      if [[ ${words[-1]-} == --* && ($word == = || ${words[-1]} == *=) ]]; then
        words[-1]+=$word
      else
        words+=("$word")
      fi
    done
    cword=$((${#words[@]} - 1)) cur=${words[-1]}
  fi

  # The words as byline would get them: without quotes and backslashes.
  local -a typed=()
  for line in "${words[@]:1:cword}"; do
    case $line in
      [\"\']*) line=${line:1} line=${line%[\"\']} ;;
      \~/*) line=$HOME${line:1} ;;
    esac
    typed+=("${line//\\/}")
  done

  local begun=${typed[-1]} differ=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames 2>/dev/null
      [[ $cur == --*=* ]] && cur=${cur#*=}
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
    fi
    line=${line%%$'\t'*}
    COMPREPLY+=("$line")
    [[ ${line:0:${#begun}} == "${COMPREPLY[0]:0:${#begun}}" ]] || differ=1
  done < <("${words[0]}" complete -- "${typed[@]}" 2>/dev/null)

  # bash would put what names have in common for what is typed: where that is
  # less, because of accents or a later word, they are only listed.
  if [[ $differ ]]; then
    COMPREPLY+=(' ')
    return
  fi
  # bash replaces what stands behind the last = or : only.
  if [[ $cur == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]]; then
    local head=${begun%"${begun##*[=:]}"} i
    for i in "${!COMPREPLY[@]}"; do
      COMPREPLY[i]=${COMPREPLY[i]#"$head"}
    done
  fi
  compopt -o filenames 2>/dev/null # for the quotes that names need
}
complete -F _byline byline
