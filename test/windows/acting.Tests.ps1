# What surrounds every function that acts: refusals, the lock, the journal, the folder of the state, the backups.

BeforeAll {
    . $PSScriptRoot/practice-module.ps1
    $script:ChangeId = '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6'

    function New-ChangeId([int]$Number) { return '{0:x8}-0000-4000-8000-000000000000' -f $Number }
}

AfterAll {
    Exit-PracticeState
    Remove-Module WsusBot
}

Describe 'a function that acts' {
    BeforeAll {
        Enter-PracticeState
        Mock -ModuleName WsusBot Find-Wsus { @{ Installed = $global:IsWsus } }

        function Invoke-Acting([hashtable]$Call, [scriptblock]$Action) {
            InModuleScope WsusBot -Parameters @{ Call = $Call; Block = $Action } {
                # Bound to the module, as the block of its own function is.
                Invoke-ActingFunction @Call -Action ([scriptblock]::Create($Block)) | ConvertFrom-Json
            }
        }
        function Get-ActivityNow { return InModuleScope WsusBot { Get-Activity } }
    }
    AfterAll { Remove-Variable -Scope Global -Name IsWsus }

    BeforeEach {
        Initialize-PracticeState
        $global:IsWsus = $true
        $script:Call = @{ FunctionName = 'Set-WsusBotLimit'; ChangeId = $ChangeId; NotAfter = [DateTime]::UtcNow.AddMinutes(1).ToString('yyyy-MM-ddTHH:mm:ssZ') }
    }

    Context 'refusing' {
        It 'answers what the block answers, as JSON' {
            (Invoke-Acting $Call { [ordered]@{ outcome = 'written'; list = @() } }).outcome | Should -Be 'written'
        }

        It 'refuses with the reason that was thrown, and leaves no journal' {
            $answer = Invoke-Acting $Call { throw (New-CodedError 'stale' 'not the file') }
            $answer.outcome | Should -Be 'refused'
            $answer.reason | Should -Be 'stale'
            $answer.text | Should -Be 'not the file'
            "$StateFolder/journal.json" | Should -Not -Exist
        }

        It 'throws on what is no refusal, and leaves no journal' {
            { Invoke-Acting $Call { throw 'broken' } } | Should -Throw 'broken'
            "$StateFolder/journal.json" | Should -Not -Exist
        }

        It 'refuses where there is no WSUS, before it looks at anything else' {
            $global:IsWsus = $false
            $Call.NotAfter = '2020-01-01T00:00:00Z'
            (Invoke-Acting $Call { throw 'acted' }).reason | Should -Be 'not-wsus'
            $StateFolder | Should -Not -Exist
        }

        It 'refuses when it is called too late, and touches nothing' {
            $Call.NotAfter = '2020-01-01T00:00:00Z'
            (Invoke-Acting $Call { throw 'acted' }).reason | Should -Be 'too-late'
            $StateFolder | Should -Not -Exist
        }

        It 'reads the time of the call in the calendar of <_>' -ForEach 'th-TH', 'ar-SA' {
            $culture = [Threading.Thread]::CurrentThread.CurrentCulture
            [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]$_
            try { (Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }).outcome | Should -Be 'written' } finally {
                [Threading.Thread]::CurrentThread.CurrentCulture = $culture
            }
        }
    }

    Context 'one at a time' {
        It 'is busy while another acts, and names it' {
            $answer = Invoke-Acting $Call {
                $busy = Read-ReportPart { $lock = Open-ActingLock; $lock.Dispose(); @{} }
                [ordered]@{ outcome = $busy.code; text = $busy.reason }
            }
            $answer.outcome | Should -Be 'busy'
            $answer.text | Should -Be 'Set-WsusBotLimit is running on this server'
        }

        It 'waits for a report that holds the lock for a moment' {
            $null = Invoke-Acting $Call { [ordered]@{ outcome = 'made the folder' } }
            $global:HeldLock = [IO.File]::Open("$StateFolder/acting.lock", 'OpenOrCreate', 'Read', 'ReadWrite')
            Mock -ModuleName WsusBot Start-Sleep { $global:HeldLock.Dispose() }
            (Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }).outcome | Should -Be 'written'
            $global:HeldLock.Dispose()
            Remove-Variable -Scope Global -Name HeldLock
        }

        It 'tells a report what runs' {
            $answer = Invoke-Acting $Call { [ordered]@{ outcome = 'written'; seen = Get-Activity } }
            $answer.seen.running.functionName | Should -Be 'Set-WsusBotLimit'
            $answer.seen.running.changeId | Should -Be $ChangeId
            $answer.seen.interrupted | Should -BeNullOrEmpty
            (Get-ActivityNow).running | Should -BeNullOrEmpty
        }

        It 'lets the lock go, also after an error' {
            { Invoke-Acting $Call { throw 'broken' } } | Should -Throw
            (Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }).outcome | Should -Be 'written'
        }
    }

    Context 'the journal' {
        It 'says what was begun and which step it is at, in lower case' {
            $Call.ChangeId = $ChangeId.ToUpperInvariant()
            $answer = Invoke-Acting $Call {
                Write-Step 'backup'
                [ordered]@{ outcome = 'written'; journal = [IO.File]::ReadAllText((Get-StatePath 'journal.json')) }
            }
            $journal = $answer.journal | ConvertFrom-Json
            $journal.functionName | Should -Be 'Set-WsusBotLimit'
            $journal.changeId | Should -BeExactly $ChangeId
            $journal.step | Should -Be 'backup'
            "$StateFolder/journal.json" | Should -Not -Exist
        }

        It 'tells of one that was killed, until the next has mended it' {
            $answer = Invoke-Acting $Call { Write-Step 'backup'; [ordered]@{ outcome = 'written'; journal = [IO.File]::ReadAllText((Get-StatePath 'journal.json')) } }
            Set-Content -LiteralPath "$StateFolder/journal.json" -Value $answer.journal -NoNewline
            $seen = Get-ActivityNow
            $seen.running | Should -BeNullOrEmpty
            $seen.interrupted.functionName | Should -Be 'Set-WsusBotLimit'
            $seen.interrupted.step | Should -Be 'backup'
            $seen.interrupted.startedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
            $null = Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }
            (Get-ActivityNow).interrupted | Should -BeNullOrEmpty
        }
    }

    Context 'the folder of the state' {
        It 'is made for the system and the administrators alone, before anything is in it' {
            $null = Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }
            foreach ($name in '', '/backups') { $Security["$StateFolder$name"].Sddl | Should -Be 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' }
            Get-ChildItem -LiteralPath $ProgramData | Should -HaveCount 1
        }

        It 'is refused when somebody else made it, and says whose it is: <shown>' -ForEach @(
            @{ shown = 'the folder'; made = '' }
            @{ shown = 'the folder for backups'; made = '/backups' }
        ) {
            $null = [IO.Directory]::CreateDirectory("$StateFolder$made")
            if ($made -ne '') { $Security[$StateFolder] = @{ Owner = 'BUILTIN\Administrators'; Sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' } }
            $answer = Invoke-Acting $Call { throw 'acted' }
            $answer.reason | Should -Be 'file-not-writable'
            $answer.text | Should -BeLike "*$StateFolder$made*belongs to CONTOSO\somebody*"
        }

        It 'is refused when it is a link' {
            $null = [IO.Directory]::CreateDirectory("$ProgramData/elsewhere")
            $null = New-Item -ItemType SymbolicLink -Path $StateFolder -Target "$ProgramData/elsewhere"
            $Security[$StateFolder] = @{ Owner = 'BUILTIN\Administrators'; Sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' }
            $answer = Invoke-Acting $Call { throw 'acted' }
            $answer.reason | Should -Be 'file-not-writable'
            $answer.text | Should -BeLike '*link*'
            Get-ChildItem -LiteralPath "$ProgramData/elsewhere" | Should -BeNullOrEmpty
        }

        It 'is closed again when its owner is trusted and its access is not as it should be: owner <_>' -ForEach 'BA', 'SY', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464' {
            $null = [IO.Directory]::CreateDirectory("$StateFolder/backups")
            foreach ($name in '', '/backups') { $Security["$StateFolder$name"] = @{ Owner = 'x'; Sddl = "O:${_}G:BAD:AI(A;ID;FA;;;BU)" } }
            (Invoke-Acting $Call { [ordered]@{ outcome = 'written' } }).outcome | Should -Be 'written'
            foreach ($name in '', '/backups') { $Security["$StateFolder$name"].Sddl | Should -Be 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' }
        }
    }
}

Describe 'backups' {
    BeforeAll {
        Enter-PracticeState

        # Writes a backup, as old as asked for. Answers its name.
        function Save-Backup([int]$Number, [byte[]]$Bytes = @(1, 2, 3), [int]$DaysOld = 0) {
            $name = "Web.config.$(New-ChangeId $Number).bak"
            $null = InModuleScope WsusBot -Parameters @{ name = $name; bytes = $Bytes } {
                Write-Backup $name $bytes 'C:\Web.config' @{ sddl = 'O:BAG:BAD:PAI'; attributes = 'Archive' }
            }
            if ($DaysOld -gt 0) { [IO.File]::SetLastWriteTimeUtc("$Backups/$name", [DateTime]::UtcNow.AddDays(-$DaysOld)) }
            return $name
        }
        function Open-Backup([string]$Name, [string]$Sha256) {
            return InModuleScope WsusBot -Parameters @{ name = $Name; sha256 = $Sha256 } { Read-ReportPart { Read-Backup $name $sha256 } }
        }
        function Get-Hash([byte[]]$Bytes) { return InModuleScope WsusBot -Parameters @{ bytes = $Bytes } { Get-BytesSha256 $bytes } }
    }

    BeforeEach {
        Initialize-PracticeState
        InModuleScope WsusBot { Initialize-StateFolder }
        $script:Backups = "$StateFolder/backups"
    }

    It 'keeps the newest ten, each with what is about it' {
        $names = foreach ($number in 1..13) { Save-Backup $number -DaysOld (14 - $number) }
        $kept = $names[3..12]
        (Get-ChildItem -LiteralPath $Backups -Filter '*.bak').Name | Sort-Object | Should -Be $kept
        (Get-ChildItem -LiteralPath $Backups -Filter '*.json').Name | Sort-Object | Should -Be ($kept | ForEach-Object { "$_.json" })
    }

    It 'keeps the one that it just wrote, however the clock goes' {
        foreach ($number in 1..10) { $null = Save-Backup $number -DaysOld (-5) }
        Get-ChildItem -LiteralPath $Backups -Filter '*.bak' | ForEach-Object { $_.LastWriteTimeUtc = [DateTime]::UtcNow.AddDays(3) }
        $newest = Save-Backup 11
        "$Backups/$newest" | Should -Exist
        Get-ChildItem -LiteralPath $Backups -Filter '*.bak' | Should -HaveCount 10
    }

    It 'leaves alone what is not its own' {
        Set-Content -LiteralPath "$Backups/Web.config.mine.bak" -Value 'x'
        Set-Content -LiteralPath "$Backups/notes.txt" -Value 'x'
        foreach ($number in 1..12) { $null = Save-Backup $number -DaysOld (13 - $number) }
        "$Backups/Web.config.mine.bak" | Should -Exist
        "$Backups/notes.txt" | Should -Exist
    }

    It 'writes none over another' {
        $null = Save-Backup 1 -Bytes 1, 2, 3
        { Save-Backup 1 -Bytes 4, 5, 6 } | Should -Throw '*another backup*'
        { Save-Backup 1 -Bytes 1, 2, 3 } | Should -Not -Throw
    }

    It 'gives back the bytes, owner, DACL and attributes' {
        $name = Save-Backup 1 -Bytes 1, 2, 3
        $part = Open-Backup $name (Get-Hash 1, 2, 3)
        $part.ok | Should -BeTrue
        $part.Bytes | Should -Be 1, 2, 3
        $part.State.sddl | Should -Be 'O:BAG:BAD:PAI'
        $part.State.attributes | Should -Be 'Archive'
    }

    It 'refuses a backup that is not what was saved' {
        $name = Save-Backup 1
        [IO.File]::WriteAllBytes("$Backups/$name", @(9))
        (Open-Backup $name (Get-Hash 1, 2, 3)).code | Should -Be 'backup-differs'
    }

    It 'refuses a backup without what is about it: <_>' -ForEach 'missing', 'cut off', 'of another' {
        $name = Save-Backup 1
        switch ($_) {
            'missing' { [IO.File]::Delete("$Backups/$name.json") }
            'cut off' { Set-Content -LiteralPath "$Backups/$name.json" -Value '{"sddl":' }
            'of another' { Set-Content -LiteralPath "$Backups/$name.json" -Value '{"sddl":"O:BA","attributes":"Archive","sha256":"00"}' }
        }
        (Open-Backup $name (Get-Hash 1, 2, 3)).code | Should -Be 'backup-differs'
    }

    It 'finds nothing under a name that is no backup''s: <_>' -ForEach @(
        'Web.config.00000001-0000-4000-8000-000000000000.bak.json', '..\journal.json', '../acting.lock', '/etc/passwd', 'C:\Windows\win.ini',
        '\\server\share\x', 'backups', "Web.config.00000001-0000-4000-8000-000000000000.bak`n", 'Web.config.0000000A-0000-4000-8000-000000000000.bak', 'CON'
    ) {
        $null = Save-Backup 1
        (Open-Backup $_ (Get-Hash 1, 2, 3)).code | Should -Be 'backup-missing'
    }
}
