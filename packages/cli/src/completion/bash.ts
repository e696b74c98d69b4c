import type { Completion } from "./candidates.js";

/**
 * What bash is told: for each candidate what takes the place of bash's own word, which is cut at
 * colons and equals signs; escaped unless it stands in quotes.
 *
 * @param current the whole word, without quotes.
 * @param word bash's own; just the cut itself when the cursor is right behind one.
 */
export function bashReply(
  completion: Completion,
  line: string,
  current: string,
  word: string,
): string[] {
  // An @ belongs to what is replaced, although it cuts words: to readline it marks a host.
  if (completion === "files") return [":files", ...(current.includes("=@") ? ["@"] : [])];
  const isQuoted = /['"]\S*$/.test(line);
  const replaced = /^[=:]+$/.test(word) ? "" : word.replace(/^['"]/, "");
  const at = current.endsWith(replaced) ? current.length - replaced.length : 0;
  return completion.map(({ value }) => {
    const rest = value.slice(at);
    return isQuoted ? rest : rest.replaceAll(/[^\p{L}\p{N}@%+=:,./_-]/gu, "\\$&");
  });
}

export const bashScript = `# Completion of gradio-kit for bash. In ~/.bashrc:
#   eval "$(gradio-kit completion bash)"
_gradio_kit() {
  local line="\${COMP_LINE:0:COMP_POINT}" word="\${COMP_WORDS[COMP_CWORD]}" path paths start
  mapfile -t COMPREPLY < <(gradio-kit __complete bash -- "$line" "$word" 2>/dev/null)
  if [[ \${COMPREPLY[0]} == ":files" ]]; then
    start="\${COMPREPLY[1]}" path="\${word##*[@=]}" COMPREPLY=()
    mapfile -t paths < <(compgen -f -- "\${path//\\\\/}")
    for path in "\${paths[@]}"; do
      [[ -d $path ]] && path+=/ && compopt -o nospace
      COMPREPLY+=("$start$(printf %q "$path")")
    done
  elif [[ \${COMPREPLY[0]} == *[=@] ]]; then
    compopt -o nospace
  fi
}
complete -F _gradio_kit gradio-kit
`;
