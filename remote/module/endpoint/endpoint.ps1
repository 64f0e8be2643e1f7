# Setting up the endpoint, bringing it up to date, taking it away. Each change is made only where something differs.

$script:EndpointName = 'WsusBot'
# Whether WinRM has to load another session configuration, were it registered.
$script:RegistrationDiffers = $false

function Install-Endpoint($Request) {
    Assert-EndpointPossible
    $roles = Get-RoleDefinition $Request.DiagnoseGroup $Request.RepairGroup
    Show-ServerWarning
    Install-StateFolder
    Install-Module ([IO.Path]::Combine($Request.Source, 'WsusBot')) (Get-ModuleFolder)
    $registration = Install-SessionConfiguration $roles
    $registration
    Restart-ForEndpoint $Request $registration
    $end = "Endpoint $script:EndpointName for $(@($roles.Keys) -join ', ')"
    if ($script:Wanted -eq 0) { return "${end}: up to date, nothing was changed. If it does not answer, WinRM was not restarted since it was registered." }
    return "${end}: $(Get-Ending $Request $registration 'set up')"
}

function Uninstall-Endpoint($Request) {
    Assert-EndpointPossible
    $registration = Uninstall-SessionConfiguration
    $registration
    Uninstall-Module (Get-ModuleFolder)
    if ([IO.File]::Exists((Get-StatePath 'journal.json'))) {
        Microsoft.PowerShell.Utility\Write-Warning "A change was interrupted on this server and not mended: $(Get-StatePath 'journal.json') says how Web.config was."
    }
    Restart-ForEndpoint $Request $registration
    if ([IO.Directory]::Exists((Get-StatePath))) { $kept = " Backups and transcripts are in $(Get-StatePath)." } else { $kept = '' }
    if ($script:Wanted -eq 0) { return "Endpoint ${script:EndpointName}: it is not here, nothing was changed.$kept" }
    return "Endpoint ${script:EndpointName}: $(Get-Ending $Request $registration 'taken away')$kept"
}

function Get-Ending($Request, $Registration, [string]$Done) {
    if ($WhatIfPreference) { return 'nothing was changed (-WhatIf).' }
    if ($script:NotMade -gt 0) { return "$($script:NotMade) of $($script:Wanted) changes were not made; run the same command to make them." }
    if ($null -ne $Registration -and $Request.NoServiceRestart) { return "$Done; this takes effect when WinRM is restarted (Restart-Service WinRM)." }
    return "$Done."
}

function Install-StateFolder {
    $missing = @('', 'backups', 'transcripts' | Microsoft.PowerShell.Core\Where-Object { -not [IO.Directory]::Exists((Get-StatePath $_)) })
    if ($missing.Count -eq 0) {
        if (-not $WhatIfPreference) { Initialize-StateFolder }
        return
    }
    if (-not (Confirm-Change "Folder $(Get-StatePath)" 'Make it, for administrators only')) { return }
    Initialize-StateFolder
    $null = [IO.Directory]::CreateDirectory((Get-StatePath 'transcripts'))
    "Folder $(Get-StatePath): made, for administrators only"
}

function Install-Module([string]$Source, [string]$Target) {
    if (Test-SameFolder $Source $Target) { return }
    $version = Get-ModuleVersion $Source
    if (-not (Confirm-Change "Module $Target" "Copy version $version")) { return }
    Copy-ModuleFolder $Source $Target
    "Module ${Target}: version $version copied"
}

function Uninstall-Module([string]$Folder) {
    if (-not [IO.Directory]::Exists($Folder)) { return }
    if (-not (Confirm-Change "Module $Folder" 'Remove it')) { return }
    [IO.Directory]::Delete($Folder, $true)
    "Module ${Folder}: removed"
}

function Install-SessionConfiguration($Roles) {
    $text = Get-SessionConfigurationText $Roles (Get-StatePath 'transcripts')
    $registered = Get-WindowsEndpointText -Name $script:EndpointName
    if ($registered -eq $text) { return }
    $script:RegistrationDiffers = $true
    $who = Get-RoleSentence $Roles
    if (-not (Confirm-Change "Session configuration $script:EndpointName" "Register it: $who")) { return }
    Register-SessionConfiguration $text ($null -ne $registered)
    "Session configuration ${script:EndpointName}: registered: $who"
}

function Register-SessionConfiguration([string]$Text, [bool]$IsThere) {
    $path = Get-StatePath "$script:EndpointName.pssc"
    # With a mark: Windows PowerShell reads a file without one in the code page of its Windows.
    [IO.File]::WriteAllText($path, $Text, (Microsoft.PowerShell.Utility\New-Object Text.UTF8Encoding $true))
    if (-not (Test-WindowsEndpointFile -Path $path)) {
        Deny-Endpoint 'NotAccepted' "Windows does not accept $path, so nothing was registered: check the names of the accounts in it."
    }
    try {
        if ($IsThere) { Unregister-WindowsEndpoint -Name $script:EndpointName }
        Register-WindowsEndpoint -Name $script:EndpointName -Path $path
    } catch {
        Deny-Endpoint 'NotRegistered' "Windows did not register the endpoint ($($_.Exception.Message)), so it may be gone: run the same command again when the reason is mended."
    }
}

function Uninstall-SessionConfiguration {
    $path = Get-StatePath "$script:EndpointName.pssc"
    $isThere = $null -ne (Get-WindowsEndpointText -Name $script:EndpointName)
    if (-not $isThere -and -not [IO.File]::Exists($path)) { return }
    $script:RegistrationDiffers = $true
    if (-not (Confirm-Change "Session configuration $script:EndpointName" 'Unregister it')) { return }
    if ($isThere) { Unregister-WindowsEndpoint -Name $script:EndpointName }
    [IO.File]::Delete($path)
    "Session configuration ${script:EndpointName}: unregistered"
}

# The restart of WinRM, last: it ends every remote session of this server, the one that this is run in too.
function Restart-ForEndpoint($Request, $Registration) {
    $isWanted = $null -ne $Registration -or ($WhatIfPreference -and $script:RegistrationDiffers)
    if (-not $isWanted -or $Request.NoServiceRestart) { return }
    $isRemote = Test-WindowsRemoteSession
    if ($isRemote) { $when = 'in 5 seconds' } else { $when = 'now' }
    if (-not (Confirm-Change 'WinRM' "Restart it $when, which ends the remote sessions of this server")) { return }
    if ($isRemote) { Start-WindowsRemotingRestart -Seconds 5 } else { Restart-WindowsRemoting }
    "WinRM: restarted $when, which ends the remote sessions of this server"
}
