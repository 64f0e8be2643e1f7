# Which module this is: its version, and the hash of its text.

$script:ModuleVersion = '1.0.0'
$script:ModuleRoot = $PSScriptRoot

# The hash that the bot works out too (remote/module-text.ts): SHA-256 of the text of WsusBot.psm1 with each file in the
# place of the line that loads it, line ends as LF. Sent as text, the module is told its hash by the bot.
function Get-ModuleSha256 {
    $given = Microsoft.PowerShell.Utility\Get-Variable -Name WsusBotModuleSha256 -Scope Script -ErrorAction SilentlyContinue
    if ($null -ne $given) { return $given.Value }
    $pattern = '(?m)^\. \$PSScriptRoot/([A-Za-z-]+\.ps1)$'
    $text = Read-ModuleFile 'WsusBot.psm1'
    $whole = [regex]::Replace($text, $pattern, { param($match) Read-ModuleFile $match.Groups[1].Value })
    $script:WsusBotModuleSha256 = Get-BytesSha256 ([Text.Encoding]::UTF8.GetBytes($whole))
    return $script:WsusBotModuleSha256
}

function Read-ModuleFile([string]$Name) {
    return [IO.File]::ReadAllText([IO.Path]::Combine($script:ModuleRoot, $Name)).Replace("`r`n", "`n")
}
