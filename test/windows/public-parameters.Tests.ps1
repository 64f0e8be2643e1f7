# What never reaches the body of a function that a client may call. Also on the agentless way, where no role stands before them.

BeforeDiscovery {
    $good = @{
        ChangeId = '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6'
        NotAfter = '2026-11-25T12:00:00.000Z'
        Sha256Before = 'a' * 64
        Sha256After = 'b' * 64
        Activation = 'IISReset'
        Backup = 'Web.config.0b8a32f7-0d02-4e62-b934-2cfb4665dbe6.bak'
        MaxInstalledPrerequisites = 800
        MaxCachedUpdates = 22000
    }
    $functions = @{
        'Set-WsusBotLimit' = 'ChangeId', 'NotAfter', 'Sha256Before', 'Sha256After', 'MaxInstalledPrerequisites', 'MaxCachedUpdates'
        'Restart-WsusBotService' = 'ChangeId', 'NotAfter', 'Activation'
        'Restore-WsusBotBackup' = 'ChangeId', 'NotAfter', 'Backup', 'Sha256Before', 'Sha256After'
    }
    $guids = '', 'a', '0b8a32f7-0d02-4e62-b934-2cfb4665dbe', "0b8a32f7-0d02-4e62-b934-2cfb4665dbe6`n", '{0b8a32f7-0d02-4e62-b934-2cfb4665dbe6}',
        '0b8a32f70d024e62b9342cfb4665dbe6', '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6.bak', '..\b8a32f7-0d02-4e62-b934-2cfb4665dbe6', "x'; Stop-Computer; '"
    $hashes = '', 'a', ('a' * 63), ('a' * 65), ('A' * 64), ('g' * 64), (('a' * 64) + "`n"), ('a' * 32 + "`n" + 'a' * 31)
    $numbers = 0, -1, 1000001, [int]::MaxValue, 2147483648, 'abc', '', '800; Stop-Computer'
    $values = @{
        ChangeId = $guids
        NotAfter = '', 'now', '2026-11-25', '2026-11-25T12:00:00', '2026-11-25T12:00:00+01:00', '25.11.2026 12:00', "2026-11-25T12:00:00Z`n", '2026-11-25T12:00:00Z; 1'
        Sha256Before = $hashes
        Sha256After = $hashes
        Activation = '', 'IISReset ', 'Stop', 'RecyclePool,IISReset', '1'
        Backup = '', ('a' * 81)
        MaxInstalledPrerequisites = $numbers
        MaxCachedUpdates = $numbers
    }
    $refused = foreach ($name in $functions.Keys | Sort-Object) {
        foreach ($parameter in $functions[$name]) {
            foreach ($value in $values[$parameter]) {
                $parameters = @{}
                foreach ($other in $functions[$name]) { $parameters[$other] = $good[$other] }
                $parameters[$parameter] = $value
                @{ name = $name; parameter = $parameter; shown = "$value" -replace "`n", '\n'; parameters = $parameters }
            }
        }
    }
    $accepted = foreach ($name in $functions.Keys | Sort-Object) {
        $parameters = @{}
        foreach ($other in $functions[$name]) { $parameters[$other] = $good[$other] }
        @{ name = $name; parameters = $parameters; mandatory = $functions[$name] -notmatch '^Max' }
    }
}

BeforeAll { . $PSScriptRoot/practice-module.ps1 }
AfterAll { Remove-Module WsusBot }

Describe 'parameters' {
    BeforeAll { Mock -ModuleName WsusBot Invoke-ActingFunction { $global:Acted++; 'acted' } }
    BeforeEach { $global:Acted = 0 }
    AfterAll { Remove-Variable -Name Acted -Scope Global }

    It '<name> refuses -<parameter> ''<shown>'' and does nothing' -ForEach $refused {
        { & $name @parameters } | Should -Throw -ErrorId "ParameterArgument*,$name"
        $Acted | Should -Be 0
    }

    It '<name> takes what the bot sends' -ForEach $accepted {
        & $name @parameters | Should -Be 'acted'
    }

    It '<name> needs all of <mandatory>' -ForEach $accepted {
        foreach ($parameter in $mandatory) {
            $attributes = (Get-Command $name).Parameters[$parameter].Attributes
            @($attributes | Where-Object { $_ -is [Management.Automation.ParameterAttribute] }).Mandatory | Should -BeTrue -Because $parameter
        }
    }

    It '<name> knows no other parameter' -ForEach $accepted {
        { & $name @parameters -Path 'x' } | Should -Throw -ErrorId "NamedParameterNotFound,$name"
        { & $name @parameters 'x' } | Should -Throw -ErrorId "PositionalParameterNotFound,$name"
    }

    It 'Set-WsusBotLimit refuses a call without a new value' {
        $parameters = @{ ChangeId = '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6'; NotAfter = '2026-11-25T12:00:00Z'; Sha256Before = 'a' * 64; Sha256After = 'b' * 64 }
        { Set-WsusBotLimit @parameters } | Should -Throw '*no new value*'
        $Acted | Should -Be 0
    }

    It 'takes the edges of a limit' -ForEach 1, 1000000 {
        Set-WsusBotLimit -ChangeId '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6' -NotAfter '2026-11-25T12:00:00Z' -Sha256Before ('a' * 64) -Sha256After ('b' * 64) -MaxCachedUpdates $_ |
            Should -Be 'acted'
    }

    It 'Get-WsusBotReport takes -Brief and nothing else' {
        (Get-Command Get-WsusBotReport).Parameters.Keys | Where-Object { $_ -notin [Management.Automation.PSCmdlet]::CommonParameters } | Should -Be 'Brief'
        { Get-WsusBotReport -Path 'x' } | Should -Throw -ErrorId 'NamedParameterNotFound,Get-WsusBotReport'
    }
}

Describe 'the manifest' {
    It 'shows the four functions and nothing else' {
        $commands = Get-Command -Module WsusBot
        $commands.Name | Sort-Object | Should -Be 'Get-WsusBotReport', 'Restart-WsusBotService', 'Restore-WsusBotBackup', 'Set-WsusBotLimit'
    }

    It 'has the version that the module reports' {
        (Get-Module WsusBot).Version | Should -Be (InModuleScope WsusBot { $script:ModuleVersion })
    }

    It 'gives each function to one role' {
        $folder = "$PSScriptRoot/../../remote/module/WsusBot/RoleCapabilities"
        $visible = foreach ($name in 'WsusBotDiagnose', 'WsusBotRepair') {
            Copy-Item -LiteralPath "$folder/$name.psrc" -Destination "$TestDrive/$name.psd1"
            $role = Import-PowerShellDataFile "$TestDrive/$name.psd1"
            $role.Keys | Sort-Object | Should -Be 'Description', 'GUID', 'ModulesToImport', 'VisibleFunctions'
            $role.VisibleFunctions
        }
        $visible | Sort-Object | Should -Be 'Get-WsusBotReport', 'Restart-WsusBotService', 'Restore-WsusBotBackup', 'Set-WsusBotLimit'
        (Import-PowerShellDataFile "$TestDrive/WsusBotDiagnose.psd1").VisibleFunctions | Should -Be 'Get-WsusBotReport'
    }
}
