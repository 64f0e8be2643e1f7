# What stands for the machine: a folder with what never changes, and a server on loopback for the rest.

$script:Client = [Net.Http.HttpClient]::new()
$script:Client.Timeout = [Threading.Timeout]::InfiniteTimeSpan

# A file of the folder that WSUS_BOT_PRACTICE names.
function Read-PracticeState([string]$Name) {
    $text = [IO.File]::ReadAllText([IO.Path]::Combine($env:WSUS_BOT_PRACTICE, "$Name.json"))
    return ConvertFrom-Json -InputObject $text -AsHashtable -DateKind String
}

# Asks the machine. A call that it refuses is thrown with the code that windows.ps1 would give it.
function Invoke-PracticeMachine([string]$Call, [hashtable]$With = @{}) {
    $request = [Net.Http.HttpRequestMessage]::new('POST', "$((Read-PracticeState 'machine').address)/$Call")
    $json = ConvertTo-Json -InputObject $With -Depth 5 -Compress
    $request.Content = [Net.Http.StringContent]::new($json, [Text.Encoding]::UTF8, 'application/json')
    $sending = $script:Client.SendAsync($request)
    # In short waits: only between them can a pipeline be stopped.
    while (-not $sending.Wait(50)) { }
    $answer = ConvertFrom-Json -InputObject $sending.Result.Content.ReadAsStringAsync().Result -AsHashtable -DateKind String
    if ($answer.ContainsKey('refused')) { throw (New-PracticeError $answer.refused.code $answer.refused.text) }
    return $answer
}

function New-PracticeError([string]$Code, [string]$Text) {
    if ($Code -eq 'access-denied') { return [UnauthorizedAccessException]::new($Text) }
    $exception = [InvalidOperationException]::new($Text)
    $exception.Data['WsusBotCode'] = $Code
    return $exception
}
