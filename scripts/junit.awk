# SPDX-License-Identifier: MIT
# Reads what `ctest --output-junit` wrote; prints a line a test, "passed NAME", "failed NAME" or
# "skipped NAME: WHY", and after a failed one what it said, the middle of much left out, indented.
function attribute(name)
{
    if (!match($0, " " name "=\"[^\"]*\""))
        return ""
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
}

function plain(text)
{
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&apos;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    return text
}

/<testcase / {
    name = plain(attribute("name"))
    status = attribute("status")
    why = ""
    running = ""
    lines = 0
}

/<skipped / {
    # A program that is not there did not run either, but nobody chose to skip it.
    if (attribute("message") !~ /^SKIP_/)
        status = "fail"
}

/<system-out>/ {
    inside = 1
    sub(/.*<system-out>/, "")
}

inside {
    text = $0
    ended = sub(/<\/system-out>.*/, "", text)
    # Tests of a program that went well hide those that did not; one that began and never ended shows.
    if (text ~ /^\[ +RUN +\]/)
        running = text
    else if (text ~ /^\[ +(OK|SKIPPED) +\]/)
        running = ""
    else if (text != "")
        output[++lines] = plain(text)
    if (text ~ /^\[ +FAILED +\]/)
        running = ""
    if (ended) {
        if (running != "")
            output[++lines] = plain(running)
        inside = 0
    }
}

/<\/testcase>/ {
    if (status == "run")
        print "passed " name
    else if (status == "fail") {
        print "failed " name
        # A sanitizer speaks first, the summary of a suite comes last.
        for (i = 1; i <= lines; i++) {
            if (i == 41 && lines > 80) {
                print "    ..."
                i = lines - 39
            }
            print "    " output[i]
        }
    } else {
        for (i = 1; i <= lines; i++)
            if (sub(/^skipped: /, "", output[i]))
                why = output[i]
        print "skipped " name ": " (why == "" ? status : why)
    }
}
