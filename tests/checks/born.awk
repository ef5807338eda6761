# SPDX-License-Identifier: MIT

# Failing results as code names them; the successes are S_OK, S_FALSE, BG_S_...
function is_failing(name)
{
    if (name ~ /^RESULT_FROM_(WIN32|HTTP)$/)
        return 1
    return name ~ /^XBITS_(E_|BG_E_|ERROR_|WSAE|RPC_|REGDB_E_|CO_E_|CERT_E_|SEC_E_|CRYPT_E_|TRUST_E_|NTE_|WININET_E_|INET_E_|DISP_E_|STG_E_)/
}

# The first failing result of an expression that is its value: not an argument of a call, not one
# side of a comparison. Needs "(" and ")" to stand by themselves.
function bare_failure(text,    count, word, i, depth, in_call, calls)
{
    gsub(/==|!=|[(){}?:;,=]/, " & ", text)
    gsub(/=  =/, "==", text)
    gsub(/!  *=/, "!=", text)
    count = split(text, word, / +/)
    calls = 0
    depth = 0
    for (i = 1; i <= count; i++) {
        if (word[i] == "(") {
            depth++
            in_call[depth] = word[i - 1] ~ /^[A-Za-z_*>.-]*[A-Za-z0-9_]+$/ && word[i - 1] !~ /^(return|if|while)$/
            calls += in_call[depth]
        } else if (word[i] == ")") {
            calls -= in_call[depth]
            depth--
        } else if (is_failing(word[i]) && calls == 0 && word[i - 1] !~ /^[=!]=$/ && word[i + 1] !~ /^[=!]=$/)
            return word[i]
    }
    return ""
}

function judge(statement, line,    name, verb)
{
    if (statement ~ /(^|[^A-Za-z0-9_])return[^A-Za-z0-9_]/) {
        sub(/.*(^|[^A-Za-z0-9_])return/, "return", statement)
        verb = "returned"
    } else if (statement ~ /^ *\**[A-Za-z_][A-Za-z0-9_ *]* = / && statement !~ /= *{/) {
        # A member or an initializer in braces is data, as a job's error is.
        sub(/^[^=]*=/, "", statement)
        verb = "assigned"
    } else
        return
    name = bare_failure(statement)
    if (name != "")
        finding(FILENAME ":" in_function, line, name " is " verb "; a failing result is born in xbits_fail()")
}

{
    text = code($0)
    was_inside = in_function != ""
    track(text)
    if (in_function != "" && was_inside && text !~ /^ *#/) {
        if (statement == "")
            began = FNR
        statement = statement " " text
        # A block, an initializer or a statement ends here; labels and heads go with what follows.
        if (text ~ /[;{}] *$/) {
            judge(statement, began)
            statement = ""
        }
    } else
        statement = ""
    leave_function()
}
