# SPDX-License-Identifier: MIT
function trimmed(text)
{
    gsub(/^[ \t]+|[ \t]+$/, "", text)
    return text
}

BEGIN {
    while ((getline row < ENVIRON["BANNED"]) > 0) {
        if (row ~ /^#/ || split(row, column, /:/) < 3)
            continue
        name = trimmed(column[1])
        allowed[name] = trimmed(column[2])
        reason[name] = trimmed(column[3])
    }
}

function is_allowed(name, path,    prefix, count, i)
{
    count = split(allowed[name], prefix, / +/)
    for (i = 1; i <= count; i++)
        if (index(path, prefix[i]) == 1)
            return 1
    return 0
}

{
    text = code($0)
    track(text)
    while (match(text, /[A-Za-z_][A-Za-z0-9_]* *\(/)) {
        before = RSTART > 1 ? substr(text, RSTART - 1, 1) : " "
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        sub(/ *\($/, "", name)
        # A member of that name is not the C library's function.
        if (name in reason && before !~ /[A-Za-z0-9_.>]/ && !is_allowed(name, FILENAME))
            finding(FILENAME ":" in_function, FNR, name "() is banned: " reason[name])
    }
    leave_function()
}
