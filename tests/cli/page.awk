# SPDX-License-Identifier: MIT
# The console blocks of a page as one golden file: "$ command", "$ command &" for a server, output.
# A GUID stands for any, "..." for any lines, port 8000 for one that is free, /home/you for the place,
# examples/ in a command for that of the tree.
/^```console$/ { inside = 1; next }
/^```/ { end_step(); inside = 0; next }
!inside { next }
{ gsub(/\/home\/you/, "{DIR}") }
{ gsub(/8000/, $0 ~ /xbits serve .*--port/ ? "0" : "{PORT}") }
/^\$ / {
  end_step()
  sub(/ examples\//, " " examples)
  command = $0
  if (sub(/ &$/, "", command)) sub(/^\$/, "\\&", command)
  print command
  is_open = 1
  steps++
  next
}
$0 == "..." { print "[...]"; next }
{
  gsub(/[{][0-9A-F]*-[0-9A-F]*-[0-9A-F]*-[0-9A-F]*-[0-9A-F]*[}]/, "[..]")
  print
}
function end_step() {
  if (!is_open) return
  print "? 0\n"
  is_open = 0
}
END { if (steps == 0) { print "the page has no console block" > "/dev/stderr"; exit 1 } }
