# Who may do what: accounts and groups to role capabilities of the module.

$script:DiagnoseRole = 'WsusBot\WsusBotDiagnose'
$script:RepairRole = 'WsusBot\WsusBotRepair'

# An ordered dictionary of role capabilities by account; who may repair may diagnose. Throws for a name that Windows does not
# know, or that stands for everybody.
function Get-RoleDefinition([string[]]$DiagnoseGroup, [string[]]$RepairGroup) {
    $roles = [ordered]@{}
    foreach ($name in @($DiagnoseGroup) + @($RepairGroup)) {
        Assert-RoleAccount $name
        $roles[$name] = @($script:DiagnoseRole)
    }
    foreach ($name in $RepairGroup) { $roles[$name] = @($script:DiagnoseRole, $script:RepairRole) }
    if ($roles.Count -eq 0) {
        Deny-Endpoint 'NobodyNamed' "Nobody was named: add -RepairGroup or -DiagnoseGroup with the bot's account (DOMAIN\name)."
    }
    return $roles
}

function Assert-RoleAccount([string]$Name) {
    if ($Name -notmatch '^[^\\/"\[\]:;|=,+*?<>\x00-\x1f.][^\\/"\[\]:;|=,+*?<>\x00-\x1f]*\\[^\\/"\[\]:;|=,+*?<>\x00-\x1f]+$') {
        Deny-Endpoint 'NotAnAccount' "'$Name' is no account or group: write DOMAIN\name, or SERVER\name for one of this server."
    }
    $sid = Get-WindowsAccountSid -Name $Name
    if ($null -eq $sid) {
        Deny-Endpoint 'UnknownAccount' "Windows does not know '$Name': check the name, and that this server reaches its domain."
    }
    # Everyone, Anonymous, Authenticated Users, Network, Interactive, Users, Guests; Domain Users, Guests and Computers.
    if ($sid -match '^S-1-(1-0|5-(7|11|2|4|32-545|32-546|21-.+-(513|514|515)))$') {
        Deny-Endpoint 'EverybodyNamed' "'$Name' stands for everybody: name the bot's own account, or a group with nobody else in it."
    }
    if (Test-Administrator $sid) {
        Microsoft.PowerShell.Utility\Write-Warning "'$Name' has administrator rights on this server: whoever has its password needs no endpoint. Take these rights away."
    }
}

# Administrators, the built-in one, Domain, Enterprise and Schema Admins, and whoever is in Administrators directly.
function Test-Administrator([string]$Sid) {
    if ($Sid -match '^S-1-5-(32-544|21-.+-(500|512|518|519))$') { return $true }
    try { return (Get-WindowsAdministratorSid) -contains $Sid } catch {
        # Windows lists nobody when one of the members no longer exists, and has no such group on a domain controller.
        Microsoft.PowerShell.Utility\Write-Warning "Who is in the group Administrators cannot be read ($($_.Exception.Message)): make sure that the bot's account is not."
        return $false
    }
}

# "CONTOSO\wsus-bot may diagnose and repair".
function Get-RoleSentence($Roles) {
    $who = foreach ($account in $Roles.Keys) {
        if ($Roles[$account] -contains $script:RepairRole) { "$account may diagnose and repair" } else { "$account may diagnose" }
    }
    return $who -join ', '
}
