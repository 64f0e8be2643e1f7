# Takes one element and acknowledges it, as a PowerShell in its server mode does.
ack() {
  read -r line
  kind=${line#<}
  kind=${kind%% *}
  id=${line#*PSGuid=?}
  id=${id%%[!0-9a-f-]*}
  echo "<${kind}Ack PSGuid='$id' />"
}
