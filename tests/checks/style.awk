# SPDX-License-Identifier: MIT

# The header of src/layer/name.c, when the tree has it.
function own_header(path,    header, line)
{
    header = path
    if (!sub(/\.c$/, ".h", header) || header !~ /^src\//)
        return ""
    if ((getline line < header) < 0)
        return ""
    close(header)
    return substr(header, 5)
}

FNR == 1 {
    own = own_header(FILENAME)
    includes = 0
}

{
    text = code($0)
    track(text)
    if (line_comment)
        finding(FILENAME, FNR, "a // comment; write /* A sentence. */")
    if (text ~ /(^|[^A-Za-z0-9_])default *:/)
        finding(FILENAME ":" in_function, FNR, "\"default:\" in a switch; name every case or use a table")
    if (in_function != "" && text ~ /^ *# *(if|ifdef|ifndef|elif)/)
        finding(FILENAME ":" in_function, FNR, "#if inside " in_function "; put it into a file of its own")
    if (text ~ /(^|[^A-Za-z0-9_])([a-z_]*_)?state *(<|>)=? *[A-Za-z_(]/ && text !~ /_COUNT/)
        finding(FILENAME ":" in_function, FNR, "states compared by size; ask a set")
    if ($0 ~ /(^|[^A-Za-z0-9_])(TODO|FIXME|XXX)([^A-Za-z0-9_]|$)/ && $0 !~ /TODO\(#[0-9]+\)/)
        finding(FILENAME, FNR, "a note without a number; write TODO(#123)")
    if (text ~ /^# *include/) {
        split($0, word, /[<">]/)
        if (++includes == 1 && own != "" && word[2] != own)
            finding(FILENAME, FNR, "the first include must be the own header, " own)
    }
    leave_function()
}
