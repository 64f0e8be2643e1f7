# The answer of a function.

# One JSON string of an ordered dictionary. Times in it are strings already (Format-UtcTime).
function ConvertTo-ResultJson($Result) {
    return Microsoft.PowerShell.Utility\ConvertTo-Json -InputObject $Result -Depth 10 -Compress
}
