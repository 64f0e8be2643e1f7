# What appcmd.exe prints, and what is made of it.

BeforeAll {
    . $PSScriptRoot/practice-module.ps1
    $script:Sites = @'
<?xml version="1.0" encoding="UTF-8"?>
<appcmd>
    <SITE SITE.NAME="Default Web Site" SITE.ID="1" bindings="http/*:80:" state="Started" />
    <SITE SITE.NAME="WSUS-Verwaltung &amp; mehr" SITE.ID="1719280000" bindings="http/*:8530:,https/[::1]:8531:wsus.contoso.example,net.pipe/*" state="Stopped">
        <site name="ignored"><bindings><binding protocol="http" /></bindings></site>
    </SITE>
</appcmd>
'@
}
AfterAll { Remove-Module WsusBot }

Describe 'ConvertFrom-AppCmdXml' {
    It 'reads the attributes of each object, and nothing nested' {
        InModuleScope WsusBot -Parameters @{ text = $Sites } {
            $sites = @(ConvertFrom-AppCmdXml $text)
            $sites | Should -HaveCount 2
            $sites[1]['SITE.NAME'] | Should -Be 'WSUS-Verwaltung & mehr'
            $sites[1]['SITE.ID'] | Should -Be '1719280000'
            $sites[1]['state'] | Should -Be 'Stopped'
        }
    }

    It 'reads an empty list: <shown>' -ForEach @(
        @{ shown = 'no text'; text = '' }
        @{ shown = 'blank lines'; text = "`r`n`r`n" }
        @{ shown = 'an empty document'; text = '<?xml version="1.0" encoding="UTF-8"?><appcmd />' }
    ) {
        InModuleScope WsusBot -Parameters @{ text = $text } { @(ConvertFrom-AppCmdXml $text) | Should -HaveCount 0 }
    }

    It 'reads on after a byte order mark' {
        InModuleScope WsusBot -Parameters @{ text = "$([char]0xFEFF)$Sites" } { @(ConvertFrom-AppCmdXml $text) | Should -HaveCount 2 }
    }

    It 'says what appcmd says was wrong, and <code> when it says <hresult>' -ForEach @(
        @{ hresult = '0x80070005'; code = 'access-denied' }
        @{ hresult = '80070005'; code = 'access-denied' }
        @{ hresult = '0x80070002'; code = 'not-readable' }
    ) {
        InModuleScope WsusBot -Parameters @{ hresult = $hresult; code = $code } {
            $part = Read-ReportPart { ConvertFrom-AppCmdXml "<appcmd><ERROR hresult=`"$hresult`" message=`"Cannot read configuration`" /></appcmd>" }
            $part.code | Should -BeIn $code, $code.Replace('not-', 'iis-not-')
            $part.reason | Should -BeLike "*Cannot read configuration $hresult"
        }
    }

    It 'takes no document type, so that no entity is opened' {
        InModuleScope WsusBot {
            $text = '<!DOCTYPE appcmd [<!ENTITY x SYSTEM "file:///etc/passwd">]><appcmd><SITE SITE.NAME="&x;" /></appcmd>'
            { ConvertFrom-AppCmdXml $text } | Should -Throw '*DTD*'
        }
    }

    It 'says that what is no XML is none' {
        InModuleScope WsusBot { { ConvertFrom-AppCmdXml 'ERROR ( message:Configuration error )' } | Should -Throw }
    }
}

Describe 'Get-IisObject' {
    It 'asks for each kind once' {
        Mock -ModuleName WsusBot Invoke-WindowsAppCmd { '<appcmd><SITE SITE.NAME="a" SITE.ID="1" /></appcmd>' }
        InModuleScope WsusBot {
            $iis = New-IisReader
            $null = Get-IisObject $iis 'site'
            @(Get-IisObject $iis 'site')[0]['SITE.NAME'] | Should -Be 'a'
        }
        Should -Invoke -ModuleName WsusBot Invoke-WindowsAppCmd -Times 1 -Exactly -ParameterFilter { "$Arguments" -eq 'list site /xml' }
    }

    It 'fails the same way each time' {
        Mock -ModuleName WsusBot Invoke-WindowsAppCmd { throw 'once' }
        InModuleScope WsusBot {
            $iis = New-IisReader
            foreach ($time in 1, 2) { { Get-IisObject $iis 'site' } | Should -Throw 'once' }
        }
        Should -Invoke -ModuleName WsusBot Invoke-WindowsAppCmd -Times 1 -Exactly
    }
}

Describe 'Get-SiteBinding' {
    It 'reads the bindings that have a port' {
        InModuleScope WsusBot -Parameters @{ text = $Sites } {
            $bindings = @(Get-SiteBinding @(ConvertFrom-AppCmdXml $text)[1])
            $bindings | Should -HaveCount 2
            $bindings[0].Port | Should -Be 8530
            $bindings[1].Protocol | Should -Be 'https'
            $bindings[1].Address | Should -Be '[::1]'
            $bindings[1].Host | Should -Be 'wsus.contoso.example'
        }
    }

    It 'finds none where there are none' {
        InModuleScope WsusBot { @(Get-SiteBinding @{}) | Should -HaveCount 0 }
    }
}

Describe 'Get-PoolWorker' {
    It 'takes the newer of two while one takes over from the other, and leaves out those of other pools' {
        Mock -ModuleName WsusBot Invoke-WindowsAppCmd {
            '<appcmd><WP WP.NAME="10" APPPOOL.NAME="WsusPool" /><WP WP.NAME="20" APPPOOL.NAME="WsusPool" /><WP WP.NAME="30" APPPOOL.NAME="Other" /></appcmd>'
        }
        Mock -ModuleName WsusBot Get-WindowsProcessStart { [DateTime]::new(2026, 1, $Id, 0, 0, 0, [DateTimeKind]::Utc) }
        InModuleScope WsusBot {
            $worker = Get-PoolWorker (New-IisReader) 'WsusPool'
            $worker.pid | Should -Be 20
            $worker.startedAt | Should -Be '2026-01-20T00:00:00.000Z'
        }
    }

    It 'answers none when the process has gone meanwhile' {
        Mock -ModuleName WsusBot Invoke-WindowsAppCmd { '<appcmd><WP WP.NAME="10" APPPOOL.NAME="WsusPool" /></appcmd>' }
        Mock -ModuleName WsusBot Get-WindowsProcessStart { $null }
        InModuleScope WsusBot { Get-PoolWorker (New-IisReader) 'WsusPool' | Should -BeNullOrEmpty }
    }
}
