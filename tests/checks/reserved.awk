# SPDX-License-Identifier: MIT
{
    text = code($0)
    if ($0 ~ /^ *# *include *[<"](bits|bits[0-9]_[0-9]+|deliveryoptimization)\.h[>"]/ || $0 ~ /^ *# *include *[<"]bits\//)
        finding(FILENAME, FNR, "this header is the system's; only backend-bits may see it")
    # A row of a list, NAME(BG_E_..., is text that is pasted behind XBITS_, never an identifier.
    sub(/^ *[A-Z_]+\((S|E|BG|WSAE|ERROR)[A-Z0-9_]*,/, "", text)
    if (match(text, /(^|[^A-Za-z0-9_])(BG_|BITS_|IBackgroundCopy)[A-Za-z0-9_]*/))
        finding(FILENAME, FNR, substr(text, RSTART, RLENGTH) " is a name of the Windows SDK; ours begin with XBITS_")
    if ($0 ~ /^ *# *(define|ifndef) +_[A-Z_]/ && $0 !~ /_(GNU|DARWIN_C|XOPEN|POSIX_C)_SOURCE|_WIN32/)
        finding(FILENAME, FNR, "names that begin with _ and a capital are the compiler's")
}
