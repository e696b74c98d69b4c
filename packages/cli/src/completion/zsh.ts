export const zshScript = `#compdef gradio-kit
# Completion of gradio-kit for zsh. In ~/.zshrc, after compinit:
#   eval "$(gradio-kit completion zsh)"
_gradio_kit() {
  local -a lines values shown open
  local line
  lines=("\${(@f)$(gradio-kit __complete zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ $lines[1] == ":files" ]]; then
    compset -P '*=@'
    _files
    return
  fi
  for line in $lines; do
    [[ -n $line ]] || continue
    values+=("\${line%%$'\\t'*}")
    shown+=("\${\${line/$'\\t'/  -- }%  -- }")
  done
  if [[ $values[1] == *[=@] ]]; then
    compadd -S '' -d shown -a values
  else
    compadd -d shown -a values
  fi
}
compdef _gradio_kit gradio-kit
`;
