# The session configuration file of the endpoint.

# Its text. Roles: an ordered dictionary of role capabilities by account.
function Get-SessionConfigurationText($Roles, [string]$TranscriptFolder) {
    $lines = foreach ($account in $Roles.Keys) {
        $capabilities = @($Roles[$account] | Microsoft.PowerShell.Core\ForEach-Object { Get-Quoted $_ }) -join ', '
        "        $(Get-Quoted $account) = @{ RoleCapabilities = @($capabilities) }"
    }
    return (@(
            '@{'
            "    SchemaVersion = '2.0.0.0'"
            "    GUID = 'd0f4de0b-9a0c-4bd5-9c2c-7b1d3d1a5b0e'"
            "    Author = 'WSUS Bot'"
            "    Description = 'What WSUS Bot may do on this server.'"
            "    SessionType = 'RestrictedRemoteServer'"
            "    LanguageMode = 'NoLanguage'"
            "    ExecutionPolicy = 'RemoteSigned'"
            '    RunAsVirtualAccount = $true'
            "    TranscriptDirectory = $(Get-Quoted $TranscriptFolder)"
            '    RoleDefinitions = @{'
        ) + $lines + @('    }', '}', '')) -join "`r`n"
}

# PowerShell takes the typographic quotes for quotes too.
function Get-Quoted([string]$Text) {
    return "'$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text))'"
}
