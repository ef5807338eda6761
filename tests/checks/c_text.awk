# SPDX-License-Identifier: MIT
# C text without what the compiler does not see: code($0) is the line with comments taken out and
# strings and characters emptied. Lines must come in order; line_comment says that one held a "//".
function code(line,    out, at, kind)
{
    line_comment = 0
    if (FNR == 1)
        in_comment = 0
    out = ""
    for (;;) {
        if (in_comment) {
            at = index(line, "*/")
            if (at == 0)
                return out
            line = substr(line, at + 2)
            in_comment = 0
            out = out " "
        }
        if (!match(line, /\/\*|\/\/|"|'/))
            return out line
        kind = substr(line, RSTART, RLENGTH)
        out = out substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + RLENGTH)
        if (kind == "//") {
            line_comment = 1
            return out
        }
        if (kind == "/*") {
            in_comment = 1
            continue
        }
        out = out kind kind
        line = after_quote(line, kind)
    }
}

# What follows the end of the literal that line is inside of.
function after_quote(line, quote,    at)
{
    for (at = 1; at <= length(line); at++) {
        if (substr(line, at, 1) == "\\")
            at++
        else if (substr(line, at, 1) == quote)
            return substr(line, at + 1)
    }
    return ""
}

# One finding, for check.sh's report().
function finding(key, line, what)
{
    printf "%s\t%s:%d: %s\n", key, FILENAME, line, what
}

# Functions: call track(code($0)) for every line. in_function is its name or ""; function_began and
# function_head say where its head starts and what it is. Relies on the format: a body's braces
# stand alone in column 1.
function track(text)
{
    function_ended = 0
    if (FNR == 1) {
        head = ""
        in_function = ""
    }
    if (in_function != "") {
        if (text ~ /^}/)
            function_ended = 1
        return
    }
    if (text ~ /^{ *$/ && head ~ /\) *$/) {
        in_function = name_in(head)
        function_head = head
        function_began = head_began
        head = ""
        return
    }
    if (text ~ /^[ \t]*#/ || text ~ /[;}] *$/ || text ~ /^[ \t]*$/) {
        head = ""
        return
    }
    if (head == "")
        head_began = FNR
    head = head " " text
}

# Call after the last use of the line on which function_ended is set.
function leave_function()
{
    if (function_ended)
        in_function = ""
}

function name_in(text)
{
    sub(/ *\(.*/, "", text)
    sub(/.*[^A-Za-z0-9_]/, "", text)
    return text
}
