# SPDX-License-Identifier: MIT

# Headers that every layer may include. What is in neither list nor in layers.txt has no owner yet.
BEGIN {
    standard = " assert ctype errno fenv float inttypes limits locale math setjmp signal stdalign stdarg stdatomic" \
        " stdbool stddef stdint stdio stdlib stdnoreturn string time wchar "
    system_headers = " arpa/inet dirent fcntl io netdb netinet/in netinet/tcp poll process share strings sys/file sys/ioctl" \
        " sys/mman sys/resource sys/select sys/socket sys/stat sys/statvfs sys/time sys/types sys/uio sys/un" \
        " sys/utime sys/wait sys/xattr sys/random sys/param sys/mount sys/vfs sys/statfs termios unistd utime direct "
    read_rows(ENVIRON["LAYERS"])
}

function trimmed(text)
{
    gsub(/^[ \t]+|[ \t]+$/, "", text)
    return text
}

function read_rows(path,    row, column, name)
{
    while ((getline row < path) > 0) {
        if (row ~ /^#/ || row ~ /^[ \t]*$/)
            continue
        if (split(row, column, /:/) != 3) {
            printf "%s\t%s:1: a row has three columns: %s\n", path, path, row
            continue
        }
        name = trimmed(column[1])
        is_layer[name] = 1
        below[name] = " " trimmed(column[2]) " "
        foreign[name] = " " trimmed(column[3]) " "
    }
}

# The layer of a folder of src/: the longest row that it begins with.
function layer_of(folder)
{
    while (!(folder in is_layer)) {
        if (folder !~ /\//)
            return ""
        sub(/\/[^\/]*$/, "", folder)
    }
    return folder
}

function folder_of(path)
{
    return sub(/\/[^\/]*$/, "", path) ? path : "."
}

function has(list, word)
{
    return index(list, " " word " ") > 0
}

function is_everybodys(header,    name)
{
    name = header
    sub(/\.h$/, "", name)
    return has(standard, name) || (layer != "public" && has(system_headers, name))
}

function judge_ours(header,    target)
{
    if (header ~ /^xbits\//)
        return ""
    if (layer == "public")
        return "a public header includes public headers only"
    if (header !~ /\//)
        return "write the layer: \"" (layer == "." ? "" : layer "/") header "\""
    target = layer_of(folder_of(header))
    if (target == "")
        return "layers.txt has no row for " folder_of(header)
    if (target == layer || has(below[layer], target))
        return ""
    return layer " may not include " target
}

function judge_foreign(header)
{
    if (header ~ /^(windows|winsock2|ws2tcpip|bcrypt|io|share|process|direct)\.h$/ && FILENAME !~ /_win32(_[a-z]+)?\.[ch]$/)
        return "<" header "> belongs into a file *_win32.c"
    if (is_everybodys(header) || (layer != "public" && has(foreign[layer], header)))
        return ""
    return layer " does not own <" header ">"
}

FNR == 1 {
    layer = "public"
    if (FILENAME ~ /^src\//) {
        layer = layer_of(folder_of(substr(FILENAME, 5)))
        if (layer == "")
            finding(FILENAME, 1, "layers.txt has no row for this folder")
    }
}

/^[ \t]*#[ \t]*include/ && layer != "" {
    split($0, part, /[<">]/)
    what = $0 ~ /include *</ ? judge_foreign(part[2]) : judge_ours(part[2])
    if (what != "")
        finding(FILENAME, FNR, what)
}
