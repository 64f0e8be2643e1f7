# Times, hashes, JSON and parts of a report, in whatever language the server is.

BeforeAll { . $PSScriptRoot/practice-module.ps1 }
AfterAll { Remove-Module WsusBot }

Describe 'Format-UtcTime' {
    BeforeEach { $script:Culture = [Threading.Thread]::CurrentThread.CurrentCulture }
    AfterEach { [Threading.Thread]::CurrentThread.CurrentCulture = $script:Culture }

    It 'writes ISO 8601 in <_>' -ForEach 'de-DE', 'ar-SA', 'th-TH', 'fa-IR', 'tr-TR', 'ja-JP', '' {
        [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]$_
        InModuleScope WsusBot {
            Format-UtcTime ([DateTime]::new(2026, 2, 3, 4, 5, 6, 78, [DateTimeKind]::Utc)) | Should -BeExactly '2026-02-03T04:05:06.078Z'
            ConvertFrom-UtcTime '2026-02-03T04:05:06.078Z' | Should -Be ([DateTime]::new(2026, 2, 3, 4, 5, 6, 78, [DateTimeKind]::Utc))
        }
    }

    It 'has calendars that differ to try on' {
        [DateTime]::new(2026, 2, 3).ToString('yyyy', [Globalization.CultureInfo]'th-TH') | Should -Be '2569'
    }

    It 'turns local time into UTC' {
        InModuleScope WsusBot {
            $local = [DateTime]::new(2026, 7, 1, 12, 0, 0, [DateTimeKind]::Local)
            Format-UtcTime $local | Should -BeExactly $local.ToUniversalTime().ToString('o').Replace('0000Z', 'Z')
        }
    }

    It 'reads a time as UTC' {
        InModuleScope WsusBot { (ConvertFrom-UtcTime '2026-07-01T12:00:00Z').Kind | Should -Be 'Utc' }
    }
}

Describe 'ConvertTo-ResultJson' {
    It 'writes one line, in the order given' {
        InModuleScope WsusBot {
            ConvertTo-ResultJson ([ordered]@{ z = 1; a = 'x'; n = $null; t = $true }) | Should -BeExactly '{"z":1,"a":"x","n":null,"t":true}'
        }
    }

    It 'keeps a list a list: <shown>' -ForEach @(
        @{ list = @(); shown = 'empty'; json = '{"list":[]}' }
        @{ list = @('one'); shown = 'of one'; json = '{"list":["one"]}' }
        @{ list = @('one', 'two'); shown = 'of two'; json = '{"list":["one","two"]}' }
    ) {
        InModuleScope WsusBot -Parameters @{ list = $list; json = $json } { ConvertTo-ResultJson ([ordered]@{ list = $list }) | Should -BeExactly $json }
    }

    It 'goes as deep as a report does' {
        InModuleScope WsusBot {
            $result = @{ sites = @{ sites = @(@{ applications = @('/', '/ClientWebService'); more = @{ more = @{ end = 1 } } }) } }
            ((ConvertTo-ResultJson $result) | ConvertFrom-Json).sites.sites[0].more.more.end | Should -Be 1
        }
    }

    It 'writes a number with a point in <_>' -ForEach 'de-DE', 'ar-SA' {
        $culture = [Threading.Thread]::CurrentThread.CurrentCulture
        [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]$_
        try { InModuleScope WsusBot { ConvertTo-ResultJson @{ a = 1.5 } | Should -BeExactly '{"a":1.5}' } } finally {
            [Threading.Thread]::CurrentThread.CurrentCulture = $culture
        }
    }

    It 'brings any text through' {
        InModuleScope WsusBot {
            $text = "quote `" backslash \ line`n tab`t nul`0 $([char]0x2028) $([char]::ConvertFromUtf32(0x1F600)) <script> '"
            ((ConvertTo-ResultJson @{ text = $text }) | ConvertFrom-Json).text | Should -BeExactly $text
        }
    }
}

Describe 'Get-BytesSha256' {
    It 'answers lower-case hex: of <shown>' -ForEach @(
        @{ shown = 'nothing'; bytes = [byte[]]@(); hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }
        # FIPS 180-4, example of SHA-256.
        @{ shown = 'abc'; bytes = [byte[]]@(97, 98, 99); hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' }
    ) {
        InModuleScope WsusBot -Parameters @{ bytes = $bytes; hash = $hash } { Get-BytesSha256 $bytes | Should -BeExactly $hash }
    }
}

Describe 'Read-ReportPart' {
    It 'answers what the block answers, with ok first' {
        InModuleScope WsusBot {
            $part = Read-ReportPart { [ordered]@{ name = 'x'; list = @(1, 2) } }
            @($part.Keys) | Should -Be 'ok', 'name', 'list'
            $part.ok | Should -BeTrue
        }
    }

    It 'answers the code and the reason of what was thrown: <code>' -ForEach @(
        @{ code = 'not-wsus'; reason = 'WSUS is not installed'; throws = { throw (New-CodedError 'not-wsus' 'WSUS is not installed') } }
        @{ code = 'access-denied'; reason = 'no'; throws = { throw [UnauthorizedAccessException]'no' } }
        @{ code = 'access-denied'; reason = 'Requested registry access is not allowed.'; throws = { throw [Security.SecurityException]'Requested registry access is not allowed.' } }
        @{ code = 'not-readable'; reason = 'something'; throws = { throw 'something' } }
        @{ code = 'not-found'; reason = '*could not find*'; throws = { [IO.File]::ReadAllBytes('/not/there') } }
        @{ code = 'not-readable'; reason = '*divide by zero*'; throws = { $null = 1 / 0 } }
        @{ code = 'not-readable'; reason = '*Not-There*'; throws = { Not-There } }
    ) {
        InModuleScope WsusBot -Parameters @{ code = $code; reason = $reason; throws = $throws } {
            # Bound to the module, as the blocks of a report are.
            $part = Read-ReportPart ([scriptblock]::Create($throws))
            $part.ok | Should -BeFalse
            $part.code | Should -Be $code
            $part.reason | Should -BeLike $reason
            @($part.Keys) | Should -Be 'ok', 'code', 'reason'
        }
    }

    It 'finds a code under what .NET wrapped around it' {
        InModuleScope WsusBot {
            $inner = New-CodedError 'too-large' 'large'
            $part = Read-ReportPart { throw [InvalidOperationException]::new('outer', $inner) }
            $part.code | Should -Be 'too-large'
            $part.reason | Should -Be 'large'
        }
    }
}
