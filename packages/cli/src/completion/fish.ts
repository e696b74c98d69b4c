export const fishScript = `# Completion of gradio-kit for fish:
#   gradio-kit completion fish > ~/.config/fish/completions/gradio-kit.fish
function __gradio_kit_complete
    set -l current (commandline -ct)
    set -l words (commandline -opc) $current
    test -n "$current"; or set -a words ''
    set -l lines (gradio-kit __complete fish -- $words[2..] 2>/dev/null)
    if test "$lines[1]" = ':files'
        set -l start (string match -r '^[^=]*=@' -- $current)
        for path in (__fish_complete_path (string replace -r '^[^=]*=@' '' -- $current))
            echo "$start$path"
        end
    else
        printf '%s\\n' $lines
    end
end
complete -c gradio-kit -f -a '(__gradio_kit_complete)'
`;
