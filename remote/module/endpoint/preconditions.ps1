# Why the endpoint is not set up here: each in one sentence, with the next step.

# Throws the sentence, as an error whose id names the reason.
function Deny-Endpoint([string]$Reason, [string]$Sentence) {
    $exception = Microsoft.PowerShell.Utility\New-Object InvalidOperationException $Sentence
    throw (Microsoft.PowerShell.Utility\New-Object Management.Automation.ErrorRecord $exception, $Reason, 'InvalidOperation', $null)
}

# What has to be so before anything is changed. Throws.
function Assert-EndpointPossible {
    $powerShell = Get-WindowsPowerShell
    Assert-NewEnough $powerShell.Version
    if (-not $powerShell.IsDesktop) {
        Deny-Endpoint 'NotWindowsPowerShell' 'This is PowerShell 7, and the endpoint belongs to Windows PowerShell: run the same command in powershell.exe.'
    }
    if (-not $powerShell.IsNative) {
        Deny-Endpoint 'NotNative' 'This is the 32-bit Windows PowerShell: run the same command in "Windows PowerShell" without "(x86)".'
    }
    if (-not (Test-WindowsElevated)) {
        Deny-Endpoint 'NotElevated' 'This needs the rights of an administrator: open Windows PowerShell with "Run as administrator" and run the same command.'
    }
    $service = Get-WindowsServiceStatus -Name WinRM
    if ($service -ne 'Running') {
        Deny-Endpoint 'RemotingOff' 'WinRM is not running on this server: run Enable-PSRemoting, then the same command.'
    }
    Assert-NobodyActing
}

function Assert-NewEnough([Version]$Version) {
    if ($Version -lt [Version]'5.1') {
        Deny-Endpoint 'PowerShellTooOld' "This is PowerShell $Version, and the endpoint needs 5.1: install WMF 5.1, or let the bot work agentless, which needs no endpoint."
    }
}

# The restart of WinRM would end it in the middle.
function Assert-NobodyActing {
    try {
        [IO.File]::Open((Get-StatePath 'acting.lock'), 'Open', 'Read', 'ReadWrite').Dispose()
    } catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] {
        return
    } catch [IO.IOException] {
        Deny-Endpoint 'Busy' 'WSUS Bot is changing this server at this moment: run the same command when it is done.'
    }
}

# What does not stop the setup and ought to be known.
function Show-ServerWarning {
    $setup = 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
    if ($null -eq (Get-WindowsRegistryValue -Path $setup -Name TargetDir)) {
        Microsoft.PowerShell.Utility\Write-Warning 'There is no WSUS on this machine: the bot will find nothing to report.'
    }
    if ((Get-WindowsRegistryValue -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\ProductOptions' -Name ProductType) -eq 'LanmanNT') {
        Microsoft.PowerShell.Utility\Write-Warning 'This is a domain controller: the virtual account of the endpoint is a domain administrator here.'
    }
}
