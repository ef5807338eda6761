# SPDX-License-Identifier: MIT
function parameters(text,    at, depth, count, character)
{
    at = index(text, "(")
    text = substr(text, at + 1)
    if (text ~ /^ *(void)? *\) *$/)
        return 0
    count = 1
    for (at = 1; at <= length(text) && depth >= 0; at++) {
        character = substr(text, at, 1)
        depth += (character == "(") - (character == ")")
        count += character == "," && depth == 0
    }
    return count
}

function end_of_file(path, lines,    limit)
{
    limit = path ~ /\.h$/ ? 250 : 600
    if (lines > limit)
        printf "%s\t%s:%d: the file has %d lines, the limit is %d\n", path, path, lines, lines, limit
}

FNR == 1 {
    if (last_file != "")
        end_of_file(last_file, last_line)
    last_file = FILENAME
}

{
    last_line = FNR
    columns = $0
    gsub(/[\200-\277]/, "", columns) # UTF-8: what follows a first byte takes no column
    if (length(columns) > 100)
        finding(FILENAME, FNR, "the line has " length(columns) " columns, the limit is 100")

    text = code($0)
    before = in_function
    track(text)
    key = FILENAME ":" in_function
    if (in_function != "" && before == "" && parameters(function_head) > 5)
        finding(key, function_began, in_function " has " parameters(function_head) " parameters, the limit is 5")
    if (in_function != "" && match(text, /^ +(if|for|while|switch|do|} else) /)) {
        match(text, /^ +/)
        if (RLENGTH > 12)
            finding(key, FNR, in_function " nests deeper than 3")
    }
    if (function_ended && FNR - function_began + 1 > 60)
        finding(key, function_began, in_function " has " (FNR - function_began + 1) " lines, the limit is 60")
    leave_function()
}

END {
    if (last_file != "")
        end_of_file(last_file, last_line)
}
