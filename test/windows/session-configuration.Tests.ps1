# The endpoint as PowerShell itself makes it of what the setup writes: the session configuration, the roles that its module has
# where it was copied to, and a session of each kind of caller. Only the registration and the virtual account are left out.

BeforeAll {
    . $PSScriptRoot/practice-server.ps1
    Initialize-PracticeServer "$TestDrive/server"
    & "$PSScriptRoot/../../remote/module/endpoint/Install-WsusBotEndpoint.ps1" -DiagnoseGroup 'CONTOSO\wsus-readers' -RepairGroup 'CONTOSO\wsus-bot'
    $script:Configuration = "$($Server.ProgramData)/WsusBot/WsusBot.pssc"
    $script:ModulePath = $env:PSModulePath
    $env:PSModulePath = "$($Server.ProgramFiles)/WindowsPowerShell/Modules:$env:PSModulePath"

    # What Windows does when somebody connects: it has no public name.
    $script:Reader = [psobject].Assembly.GetType('System.Management.Automation.Remoting.DISCPowerShellConfiguration').
    GetConstructors([Reflection.BindingFlags]'Instance, NonPublic')[0]

    function Get-StateFor([string[]]$Groups) {
        $isMember = [Func[string, bool]] { param($account) $account -in $Groups }.GetNewClosure()
        $state = $script:Reader.Invoke(@($script:Configuration, $isMember, $false)).GetInitialSessionState($null)
        # Only Windows has execution policies.
        [initialsessionstate].GetField('_wasExecutionPolicySet', [Reflection.BindingFlags]'Instance, NonPublic').SetValue($state, $false)
        return $state
    }

    function Open-SessionOf([string[]]$Groups) {
        $runspace = [runspacefactory]::CreateRunspace((Get-StateFor $Groups))
        $runspace.Open()
        $script:Runspaces += @($runspace)
        return $runspace
    }

    function Invoke-Visible($Runspace, [string]$Name, [hashtable]$Parameters = @{}) {
        $shell = [powershell]::Create($Runspace).AddCommand($Name)
        $shell.Runspace = $Runspace
        foreach ($key in $Parameters.Keys) { $null = $shell.AddParameter($key, $Parameters[$key]) }
        return $shell.Invoke()
    }
}

AfterAll {
    foreach ($runspace in $Runspaces) { $runspace.Dispose() }
    $env:PSModulePath = $ModulePath
    Remove-PracticeServer
}

Describe 'a session of the endpoint' {
    It 'shows <groups> <shown>' -ForEach @(
        @{ groups = , 'CONTOSO\wsus-readers'; shown = 'the report'; functions = , 'Get-WsusBotReport' }
        @{ groups = , 'CONTOSO\wsus-bot'; shown = 'all four functions'; functions = 'Get-WsusBotReport', 'Restart-WsusBotService', 'Restore-WsusBotBackup', 'Set-WsusBotLimit' }
        @{ groups = , 'CONTOSO\somebody'; shown = 'none of them'; functions = @() }
    ) {
        $proxies = 'Clear-Host', 'Exit-PSSession', 'Get-Command', 'Get-FormatData', 'Get-Help', 'Measure-Object', 'Out-Default', 'Select-Object'
        $visible = (Invoke-Visible (Open-SessionOf $groups) 'Get-Command').Name | Where-Object { $_ -like '*-*' -and $_ -notin $proxies }
        @($visible | Sort-Object) | Should -Be $functions
    }

    It 'runs no script and no command that is not listed' {
        $runspace = Open-SessionOf 'CONTOSO\wsus-bot'
        $runspace.SessionStateProxy.LanguageMode | Should -Be 'NoLanguage'
        { [powershell]::Create($runspace).AddScript('1 + 1').Invoke() } | Should -Throw '*no-language mode*'
        foreach ($name in 'Get-Content', 'Get-Item', 'Invoke-Expression', 'Get-WindowsRegistryValue', 'Invoke-ActingFunction', 'icacls.exe') {
            { Invoke-Visible $runspace $name } | Should -Throw '*not recognized*' -Because $name
        }
    }

    It 'holds a caller to the validation of the parameters' {
        $runspace = Open-SessionOf 'CONTOSO\wsus-bot'
        $parameters = @{ ChangeId = '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6'; NotAfter = '2026-11-25T12:00:00Z'; Activation = 'Reboot' }
        { Invoke-Visible $runspace 'Restart-WsusBotService' $parameters } | Should -Throw "*'Activation'*"
    }

    It 'lets the functions work: they run in full language' {
        $report = Invoke-Visible (Open-SessionOf 'CONTOSO\wsus-readers') 'Get-WsusBotReport' @{ Brief = $true }
        ($report | ConvertFrom-Json).module.ok | Should -BeTrue
    }

    It 'writes transcripts where the setup said' {
        (Get-StateFor 'CONTOSO\wsus-bot').TranscriptDirectory | Should -Be "$($Server.ProgramData)/WsusBot/transcripts"
    }
}

Describe 'PowerShell''s own check of the files' {
    BeforeAll {
        $own = [Reflection.BindingFlags]'Static, NonPublic'
        $type = [psobject].Assembly.GetType('System.Management.Automation.Remoting.DISCUtils')
        $script:Check = $type.GetMethod('VerifyConfigTable', $own)
        # Set by what only Windows has.
        $type.GetField('ExecutionPolicyType', $own).SetValue($null, [Microsoft.PowerShell.ExecutionPolicy])

        function Test-File {
            [CmdletBinding()]
            param([string]$Path)
            Copy-Item -LiteralPath $Path -Destination "$TestDrive/checked.psd1"
            $table = Import-PowerShellDataFile "$TestDrive/checked.psd1"
            if ($Path -like '*.psrc') { $table.SchemaVersion = '2.0.0.0' }
            return $script:Check.Invoke($null, @($table.PSObject.BaseObject, $PSCmdlet, $Path))
        }
    }

    It 'accepts the session configuration' { Test-File $Configuration | Should -BeTrue }

    It 'accepts the role <_>' -ForEach 'WsusBotDiagnose', 'WsusBotRepair' {
        Test-File "$PSScriptRoot/../../remote/module/WsusBot/RoleCapabilities/$_.psrc" | Should -BeTrue
    }

    It 'finds what is wrong: <_>' -ForEach "SessionType = 'Wrong'", "ExecutionPolicy = 'Wrong'", "RunAsVirtualAccounts = `$true", "RoleDefinitions = 'x'" {
        Set-Content -LiteralPath "$TestDrive/wrong.pssc" -Value "@{ SchemaVersion = '2.0.0.0'; $_ }"
        Test-File "$TestDrive/wrong.pssc" | Should -BeFalse
    }
}
