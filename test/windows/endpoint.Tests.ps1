# Install-WsusBotEndpoint.ps1, run as it is over a practice server.

BeforeAll {
    $script:Install = "$PSScriptRoot/../../remote/module/endpoint/Install-WsusBotEndpoint.ps1"
    $script:Source = (Resolve-Path "$PSScriptRoot/../../remote/module/WsusBot").Path
    . $PSScriptRoot/practice-server.ps1

    # Its lines, its warnings and its refusal.
    function Invoke-Setup([hashtable]$Parameters) {
        $result = @{ Lines = @(); Warnings = @(); Refusal = $null; Id = $null }
        try {
            $output = & $script:Install @Parameters -WarningAction Continue 3>&1
            $result.Lines = @($output | Where-Object { $_ -is [string] })
            $result.Warnings = @($output | Where-Object { $_ -is [Management.Automation.WarningRecord] } | ForEach-Object { $_.Message })
        } catch {
            $result.Refusal = $_.Exception.Message
            $result.Id = ($_.FullyQualifiedErrorId -split ',')[0]
        }
        return $result
    }

    # Every file and folder of the server, with what is in it, and what Windows was asked to do.
    function Get-ServerState {
        $files = Get-ChildItem -LiteralPath $Server.ProgramFiles, $Server.ProgramData -Recurse -Force | ForEach-Object {
            if ($_.PSIsContainer) { $_.FullName } else { "$($_.FullName) $((Get-FileHash -LiteralPath $_.FullName).Hash)" }
        }
        return (@($files | Sort-Object) + $Server.Calls + "endpoint: $($Server.Endpoint)") -join "`n"
    }

    function Get-Roles {
        Set-Content -LiteralPath "$TestDrive/endpoint.psd1" -Value $Server.Endpoint -Encoding utf8BOM
        return (Import-PowerShellDataFile -LiteralPath "$TestDrive/endpoint.psd1").RoleDefinitions
    }
}

AfterAll { Remove-PracticeServer }

Describe 'Install-WsusBotEndpoint.ps1' {
    BeforeEach {
        $script:Folder = "$TestDrive/$([Guid]::NewGuid())"
        Initialize-PracticeServer $script:Folder
        $script:ModuleFolder = "$($Server.ProgramFiles)/WindowsPowerShell/Modules/WsusBot"
        $script:StateFolder = "$($Server.ProgramData)/WsusBot"
        $script:Repair = @{ RepairGroup = 'CONTOSO\wsus-bot' }
    }

    AfterEach { Remove-Item -LiteralPath $script:Folder -Recurse -Force }

    Context 'setting up' {
        It 'says each thing that it does in one line, in order' {
            $result = Invoke-Setup $Repair
            $version = (Import-PowerShellDataFile "$Source/WsusBot.psd1").ModuleVersion
            $result.Refusal | Should -BeNullOrEmpty
            $result.Warnings | Should -BeNullOrEmpty
            $result.Lines | Should -Be @(
                "Folder ${StateFolder}: made, for administrators only"
                "Module ${ModuleFolder}: version $version copied"
                'Session configuration WsusBot: registered: CONTOSO\wsus-bot may diagnose and repair'
                'WinRM: restarted now, which ends the remote sessions of this server'
                'Endpoint WsusBot for CONTOSO\wsus-bot: set up.'
            )
            $Server.Calls[-2..-1] | Should -Be 'register WsusBot', 'restart WinRM'
        }

        It 'copies every file of the module, byte for byte, where Windows PowerShell looks for role capabilities' {
            $null = Invoke-Setup $Repair
            $there = Get-ChildItem -LiteralPath $ModuleFolder -Recurse -File | ForEach-Object { $_.FullName.Substring($ModuleFolder.Length) }
            $wanted = Get-ChildItem -LiteralPath $Source -Recurse -File | ForEach-Object { $_.FullName.Substring($Source.Length) }
            $there | Should -Contain '/RoleCapabilities/WsusBotRepair.psrc'
            Compare-Object $there $wanted | Should -BeNullOrEmpty
            foreach ($name in $wanted) {
                (Get-FileHash -LiteralPath "$ModuleFolder$name").Hash | Should -Be (Get-FileHash -LiteralPath "$Source$name").Hash
            }
            Get-ChildItem -LiteralPath (Split-Path $ModuleFolder) | Should -HaveCount 1
        }

        It 'makes the folders of the state for administrators only, transcripts among them' {
            $null = Invoke-Setup $Repair
            foreach ($name in '', '/backups') { $Server.Security["$StateFolder$name"].Sddl | Should -Be 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' }
            "$StateFolder/transcripts" | Should -Exist
        }

        It 'writes a restricted session configuration with a virtual account and transcripts' {
            $null = Invoke-Setup $Repair
            Copy-Item -LiteralPath "$StateFolder/WsusBot.pssc" -Destination "$TestDrive/written.psd1"
            $configuration = Import-PowerShellDataFile "$TestDrive/written.psd1"
            $configuration.SessionType | Should -Be 'RestrictedRemoteServer'
            $configuration.LanguageMode | Should -Be 'NoLanguage'
            $configuration.RunAsVirtualAccount | Should -BeTrue
            $configuration.TranscriptDirectory | Should -Be "$StateFolder/transcripts"
            $configuration.Keys | Should -Not -Contain 'VisibleCmdlets'
        }

        It 'gives the file a mark, so that Windows PowerShell reads names beyond ASCII' {
            $Server.Sids["CONTOSO\D$([char]0xf6)blin"] = 'S-1-5-21-1-2-3-1300'
            $null = Invoke-Setup @{ RepairGroup = "CONTOSO\D$([char]0xf6)blin" }
            [IO.File]::ReadAllBytes("$StateFolder/WsusBot.pssc")[0..2] | Should -Be 0xef, 0xbb, 0xbf
            (Get-Roles).Keys | Should -Be "CONTOSO\D$([char]0xf6)blin"
        }

        It 'gives readers the role to diagnose, and repairers both' {
            $null = Invoke-Setup @{ DiagnoseGroup = 'CONTOSO\wsus-readers'; RepairGroup = 'CONTOSO\wsus-bot' }
            $roles = Get-Roles
            $roles['CONTOSO\wsus-readers'].RoleCapabilities | Should -Be 'WsusBot\WsusBotDiagnose'
            $roles['CONTOSO\wsus-bot'].RoleCapabilities | Should -Be 'WsusBot\WsusBotDiagnose', 'WsusBot\WsusBotRepair'
        }

        It 'names an account once that is in both lists' {
            $result = Invoke-Setup @{ DiagnoseGroup = 'contoso\WSUS-BOT'; RepairGroup = 'CONTOSO\wsus-bot' }
            $result.Refusal | Should -BeNullOrEmpty
            @((Get-Roles).Keys) | Should -HaveCount 1
        }

        It 'keeps a name from becoming anything else than a name: <_>' -ForEach @(
            "CONTOSO\o'neill", "CONTOSO\a'; Stop-Computer; '", "CONTOSO\a$([char]0x2019) = 1; b $([char]0x2018)c", 'CONTOSO\$(Stop-Computer)', 'CONTOSO\a`b'
        ) {
            $Server.Sids[$_] = 'S-1-5-21-1-2-3-1400'
            if ($_ -match ';|=') {
                (Invoke-Setup @{ RepairGroup = $_ }).Id | Should -Be 'NotAnAccount'
                return
            }
            (Invoke-Setup @{ RepairGroup = $_ }).Refusal | Should -BeNullOrEmpty
            (Get-Roles).Keys | Should -Be $_
        }

        It 'leaves the restart to the administrator when asked to, and says so' {
            $result = Invoke-Setup ($Repair + @{ NoServiceRestart = $true })
            $Server.Calls | Should -Not -Contain 'restart WinRM'
            $result.Lines[-1] | Should -BeLike '*set up; this takes effect when WinRM is restarted*'
        }

        It 'restarts WinRM from outside of the session when it is run in one' {
            $Server.RemoteSession = $true
            $result = Invoke-Setup $Repair
            $Server.Calls[-1] | Should -Be 'restart WinRM in 5 s'
            $result.Lines | Should -Contain 'WinRM: restarted in 5 seconds, which ends the remote sessions of this server'
        }

        It 'registers nothing that Windows does not accept' {
            $Server.EndpointFileAccepted = $false
            (Invoke-Setup $Repair).Id | Should -Be 'NotAccepted'
            $Server.Endpoint | Should -BeNullOrEmpty
            $Server.Calls | Should -Not -Contain 'restart WinRM'
        }

        It 'says so when Windows does not register it, and does so the next time' {
            $Server.RegistrationError = 'Access is denied.'
            $result = Invoke-Setup $Repair
            $result.Id | Should -Be 'NotRegistered'
            $result.Refusal | Should -BeLike '*(Access is denied.)*run the same command again*'
            $Server.Calls | Should -Not -Contain 'restart WinRM'
            $Server.RegistrationError = $null
            (Invoke-Setup $Repair).Lines[-1] | Should -BeLike '*set up.'
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'changes nothing and names each change: <case>' -ForEach @(
            @{ case = 'first time'; targets = 'Folder *', 'Module *', 'Session configuration WsusBot', 'WinRM' }
            @{ case = 'other accounts'; targets = 'Session configuration WsusBot', 'WinRM' }
            @{ case = 'another module'; targets = , 'Module *' }
            @{ case = 'uninstall'; targets = 'Session configuration WsusBot', 'Module *', 'WinRM' }
        ) {
            if ($case -ne 'first time') { $null = Invoke-Setup $Repair }
            if ($case -eq 'another module') { Set-Content -LiteralPath "$ModuleFolder/json.ps1" -Value 'old' }
            $parameters = $Repair
            if ($case -eq 'other accounts') { $parameters = @{ DiagnoseGroup = 'CONTOSO\wsus-readers' } }
            if ($case -eq 'uninstall') { $parameters = @{ Uninstall = $true } }
            $before = Get-ServerState
            $null = Start-Transcript -LiteralPath "$Folder.txt"
            $result = Invoke-Setup ($parameters + @{ WhatIf = $true })
            $null = Stop-Transcript

            $result.Refusal | Should -BeNullOrEmpty
            $result.Lines | Should -HaveCount 1
            $result.Lines[0] | Should -BeLike '*nothing was changed (-WhatIf).*'
            Get-ServerState | Should -Be $before
            $named = @(Get-Content -LiteralPath "$Folder.txt" | Where-Object { $_ -match '^What if: .* on target "(.+)"\.$' } | ForEach-Object { $Matches[1] })
            $named | Should -HaveCount $targets.Count
            for ($number = 0; $number -lt $targets.Count; $number++) { $named[$number] | Should -BeLike $targets[$number] }
        }

        It 'makes what is said yes to, and tells how much was not' {
            Set-Alias -Scope Global -Name Confirm-Change -Value Deny-Module
            function global:Deny-Module($Target, $Action) { $global:Asked += , $Target; return $Target -notlike 'Module *' }
            try {
                $global:Asked = @()
                $result = Invoke-Setup $Repair
            } finally { Remove-Item -LiteralPath Alias:Confirm-Change, Function:Deny-Module }
            $global:Asked | Should -HaveCount 4
            $ModuleFolder | Should -Not -Exist
            $Server.Endpoint | Should -Not -BeNullOrEmpty
        }

        It 'asks nothing with -Confirm:$false' {
            (Invoke-Setup ($Repair + @{ Confirm = $false })).Refusal | Should -BeNullOrEmpty
            $Server.Endpoint | Should -Not -BeNullOrEmpty
        }
    }

    Context 'once more' {
        It 'changes nothing when nothing differs, and leaves WinRM alone' {
            $null = Invoke-Setup $Repair
            $before = Get-ServerState
            $result = Invoke-Setup $Repair
            $result.Lines | Should -HaveCount 1
            $result.Lines[0] | Should -BeLike '*up to date, nothing was changed.*'
            Get-ServerState | Should -Be $before
        }

        It 'brings the module up to date without a restart of WinRM' {
            $null = Invoke-Setup $Repair
            Set-Content -LiteralPath "$ModuleFolder/json.ps1" -Value 'old'
            Set-Content -LiteralPath "$ModuleFolder/gone.ps1" -Value 'a file of an older version'
            $Server.Calls.Clear()
            $result = Invoke-Setup $Repair
            $result.Lines[0] | Should -BeLike "Module ${ModuleFolder}: version * copied"
            $result.Lines | Should -HaveCount 2
            $Server.Calls | Should -BeNullOrEmpty
            "$ModuleFolder/gone.ps1" | Should -Not -Exist
            (Get-FileHash "$ModuleFolder/json.ps1").Hash | Should -Be (Get-FileHash "$Source/json.ps1").Hash
        }

        It 'registers again when others may come in: unregisters first' {
            $null = Invoke-Setup $Repair
            $Server.Calls.Clear()
            $null = Invoke-Setup @{ DiagnoseGroup = 'CONTOSO\wsus-readers' }
            $Server.Calls | Should -Be 'unregister WsusBot', 'register WsusBot', 'restart WinRM'
            (Get-Roles).Keys | Should -Be 'CONTOSO\wsus-readers'
        }

        It 'clears away what an interrupted copy left: <_>' -ForEach 'WsusBot.new', 'WsusBot.old' {
            $null = New-Item -ItemType Directory -Path "$(Split-Path $ModuleFolder)/$_/RoleCapabilities" -Force
            (Invoke-Setup $Repair).Refusal | Should -BeNullOrEmpty
            (Get-ChildItem -LiteralPath (Split-Path $ModuleFolder)).Name | Should -Be 'WsusBot'
        }
    }

    Context 'refusing' {
        It 'refuses, in one sentence with the next step, and changes nothing: <id>' -ForEach @(
            @{ id = 'PowerShellTooOld'; prepare = { $Server.PowerShell.Version = [Version]'4.0' }; says = '*PowerShell 4.0*WMF 5.1*agentless*' }
            @{ id = 'NotWindowsPowerShell'; prepare = { $Server.PowerShell.Version = [Version]'7.4.1'; $Server.PowerShell.IsDesktop = $false }; says = '*powershell.exe*' }
            @{ id = 'NotNative'; prepare = { $Server.PowerShell.IsNative = $false }; says = '*without "(x86)"*' }
            @{ id = 'NotElevated'; prepare = { $Server.Elevated = $false }; says = '*Run as administrator*' }
            @{ id = 'RemotingOff'; prepare = { $Server.WinRM = 'Stopped' }; says = '*Enable-PSRemoting*' }
            @{ id = 'RemotingOff'; prepare = { $Server.WinRM = $null }; says = '*Enable-PSRemoting*' }
            @{ id = 'UnknownAccount'; prepare = { $Server.Sids.Clear() }; says = "*does not know 'CONTOSO\wsus-bot': check the name*" }
        ) {
            & $prepare
            $before = Get-ServerState
            $result = Invoke-Setup $Repair
            $result.Id | Should -Be $id
            $result.Refusal | Should -BeLike $says
            $result.Refusal | Should -Match '^[^\n]+\.$'
            Get-ServerState | Should -Be $before
        }

        It 'refuses <account>: <id>' -ForEach @(
            @{ account = 'wsus-bot'; id = 'NotAnAccount' }
            @{ account = '.\wsus-bot'; id = 'NotAnAccount' }
            @{ account = 'wsus-bot@contoso.example'; id = 'NotAnAccount' }
            @{ account = 'CONTOSO\*'; id = 'NotAnAccount' }
            @{ account = 'CONTOSO\a\b'; id = 'NotAnAccount' }
            @{ account = 'CONTOSO\nobody'; id = 'UnknownAccount' }
            @{ account = 'CONTOSO\Domain Users'; id = 'EverybodyNamed' }
            @{ account = 'BUILTIN\Users'; id = 'EverybodyNamed' }
            @{ account = 'NT AUTHORITY\Authenticated Users'; id = 'EverybodyNamed' }
        ) {
            $before = Get-ServerState
            foreach ($parameter in 'DiagnoseGroup', 'RepairGroup') { (Invoke-Setup @{ $parameter = $account }).Id | Should -Be $id }
            Get-ServerState | Should -Be $before
        }

        It 'refuses when nobody is named' {
            $result = Invoke-Setup @{}
            $result.Id | Should -Be 'NobodyNamed'
            $result.Refusal | Should -BeLike '*-RepairGroup*'
        }

        It 'refuses while a function is changing the server: <_>' -ForEach 'install', 'uninstall' {
            $null = Invoke-Setup $Repair
            $lock = [IO.File]::Open("$StateFolder/acting.lock", 'OpenOrCreate', 'ReadWrite', 'None')
            try {
                if ($_ -eq 'install') { $parameters = $Repair } else { $parameters = @{ Uninstall = $true } }
                (Invoke-Setup $parameters).Id | Should -Be 'Busy'
            } finally { $lock.Dispose() }
            (Invoke-Setup $parameters).Refusal | Should -BeNullOrEmpty
        }

        It 'refuses a folder that somebody made beforehand, and says whose it is' {
            $null = [IO.Directory]::CreateDirectory($StateFolder)
            (Invoke-Setup $Repair).Refusal | Should -BeLike "*$StateFolder*belongs to CONTOSO\somebody*"
            $Server.Endpoint | Should -BeNullOrEmpty
            $ModuleFolder | Should -Not -Exist
        }

        It 'refuses a folder that is a link' {
            $null = [IO.Directory]::CreateDirectory("$Folder/elsewhere")
            $null = New-Item -ItemType SymbolicLink -Path $StateFolder -Target "$Folder/elsewhere"
            (Invoke-Setup $Repair).Refusal | Should -BeLike "*$StateFolder*link*"
            Get-ChildItem "$Folder/elsewhere" | Should -BeNullOrEmpty
        }
    }

    Context 'warning' {
        It 'sets up and warns: <says>' -ForEach @(
            @{ prepare = { $Server.Registry.Remove('TargetDir') }; account = 'CONTOSO\wsus-bot'; says = 'There is no WSUS on this machine*' }
            @{ prepare = { $Server.Registry.ProductType = 'LanmanNT' }; account = 'CONTOSO\wsus-bot'; says = 'This is a domain controller*' }
            @{ prepare = { }; account = 'BUILTIN\Administrators'; says = "*'BUILTIN\Administrators' has administrator rights*" }
            @{ prepare = { }; account = 'CONTOSO\Domain Admins'; says = "*'CONTOSO\Domain Admins' has administrator rights*" }
            @{ prepare = { }; account = 'CONTOSO\server-admins'; says = "*'CONTOSO\server-admins' has administrator rights*" }
            @{ prepare = { $Server.AdministratorsReadable = $false }; account = 'CONTOSO\wsus-bot'; says = '*cannot be read*make sure*' }
        ) {
            & $prepare
            $result = Invoke-Setup @{ RepairGroup = $account }
            $result.Refusal | Should -BeNullOrEmpty
            $result.Warnings | Should -HaveCount 1
            $result.Warnings[0] | Should -BeLike $says
            $Server.Endpoint | Should -Not -BeNullOrEmpty
        }
    }

    Context 'taking away' {
        It 'takes away what it made, keeps backups and transcripts, and says where they are' {
            $null = Invoke-Setup $Repair
            Set-Content -LiteralPath "$StateFolder/backups/Web.config.bak" -Value 'kept'
            $Server.Calls.Clear()
            $result = Invoke-Setup @{ Uninstall = $true }
            $result.Lines | Should -Be @(
                'Session configuration WsusBot: unregistered'
                "Module ${ModuleFolder}: removed"
                'WinRM: restarted now, which ends the remote sessions of this server'
                "Endpoint WsusBot: taken away. Backups and transcripts are in $StateFolder."
            )
            $Server.Calls | Should -Be 'unregister WsusBot', 'restart WinRM'
            $ModuleFolder | Should -Not -Exist
            "$StateFolder/WsusBot.pssc" | Should -Not -Exist
            "$StateFolder/backups/Web.config.bak" | Should -Exist
        }

        It 'does nothing where nothing is' {
            $before = Get-ServerState
            $result = Invoke-Setup @{ Uninstall = $true }
            $result.Lines | Should -Be 'Endpoint WsusBot: it is not here, nothing was changed.'
            Get-ServerState | Should -Be $before
        }

        It 'ends what it was interrupted in' {
            $null = Invoke-Setup $Repair
            $Server.Endpoint = $null
            $result = Invoke-Setup @{ Uninstall = $true }
            $result.Lines[-1] | Should -BeLike '*taken away*'
            $ModuleFolder | Should -Not -Exist
        }

        It 'warns of a change that was interrupted and not mended' {
            $null = Invoke-Setup $Repair
            Set-Content -LiteralPath "$StateFolder/journal.json" -Value '{}'
            (Invoke-Setup @{ Uninstall = $true }).Warnings | Should -BeLike '*interrupted*journal.json*'
        }

        It 'takes no accounts' {
            { & $Install -Uninstall -RepairGroup 'CONTOSO\wsus-bot' } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
        }
    }

    Context 'a list of servers' {
        BeforeAll {
            # A PowerShell process of its own, reached by real remoting, with a practice server in it.
            function New-PracticeSession([string]$Name, [scriptblock]$Prepare) {
                $folder = "$script:Folder/$Name"
                $tests = $PSScriptRoot
                $Server.Sessions[$Name] = {
                    $session = Open-Process
                    Invoke-Command -Session $session -ArgumentList $tests, $folder, "$Prepare" -ScriptBlock {
                        param($tests, $folder, $prepare)
                        . $tests/practice-server.ps1
                        Initialize-PracticeServer $folder
                        $env:TMPDIR = [IO.Directory]::CreateDirectory("$folder/tmp").FullName
                        $Server.RemoteSession = $true
                        . ([scriptblock]::Create($prepare))
                    }
                    $session
                }.GetNewClosure()
            }

            function global:Open-Process {
                [CmdletBinding()]
                param()
                $runspace = [runspacefactory]::CreateOutOfProcessRunspace([Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles())
                $runspace.Open()
                [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $PSCmdlet)
            }
        }

        It 'sets each up, one line a server; one that fails does not stop the others, and none keeps our files' {
            New-PracticeSession wsus01 { $Server.Elevated = $false }
            $Server.Sessions['wsus02'] = { throw 'WinRM cannot complete the operation.' }
            New-PracticeSession wsus03 { }
            $lines = [Collections.Generic.List[string]]@()
            { & $Install -RepairGroup 'CONTOSO\wsus-bot' -ComputerName wsus01, wsus02, wsus03 | ForEach-Object { $lines.Add($_) } } |
                Should -Throw -ErrorId 'ServersFailed*' -ExpectedMessage 'Not done on 2 of 3 servers: wsus01, wsus02.*'
            $lines | Should -HaveCount 3
            $lines[0] | Should -BeLike 'wsus01: This needs the rights of an administrator*'
            $lines[1] | Should -Be 'wsus02: WinRM cannot complete the operation.'
            $lines[2] | Should -Be 'wsus03: Endpoint WsusBot for CONTOSO\wsus-bot: set up.'
            "$Folder/wsus03/Program Files/WindowsPowerShell/Modules/WsusBot/RoleCapabilities/WsusBotRepair.psrc" | Should -Exist
            "$Folder/wsus01/Program Files/WindowsPowerShell" | Should -Not -Exist
            foreach ($name in 'wsus01', 'wsus03') { Get-ChildItem -LiteralPath "$Folder/$name/tmp" -Filter 'WsusBot-*' | Should -BeNullOrEmpty }
        }

        It 'takes away on a server too' {
            New-PracticeSession wsus01 { }
            & $Install -Uninstall -ComputerName wsus01 | Should -Be 'wsus01: Endpoint WsusBot: it is not here, nothing was changed.'
        }

        It 'connects to nobody with -WhatIf' {
            $Server.Sessions['wsus01'] = { throw 'connected' }
            & $Install -RepairGroup 'CONTOSO\wsus-bot' -ComputerName wsus01 -WhatIf | Should -BeNullOrEmpty
        }

        It 'takes names of computers only: <_>' -ForEach 'a b', 'http://a', '-x', "a'b", '' {
            { & $Install -RepairGroup 'CONTOSO\wsus-bot' -ComputerName $_ } | Should -Throw -ErrorId 'ParameterArgumentValidation*'
        }
    }
}
