# The most that a client has sent to the client web service since it started, by the service's own performance counters.

$script:ClientCounterCategory = 'WSUS: Client Web Service'

# @{ maximumNonLeafUpdates; maximumOtherCachedUpdates }; one that is not there is $null. Throws when neither can be read.
function Get-ClientMaximum {
    $maxima = [ordered]@{}
    $failure = $null
    foreach ($counter in @(
            @('maximumNonLeafUpdates', 'Maximum non leaf updates'),
            @('maximumOtherCachedUpdates', 'Max other cached update IDs'))) {
        try {
            $maxima[$counter[0]] = Get-WindowsCounter -Category $script:ClientCounterCategory -Counter $counter[1]
        } catch {
            $maxima[$counter[0]] = $null
            $failure = $_
        }
    }
    foreach ($value in $maxima.Values) { if ($null -ne $value) { return $maxima } }
    throw $failure
}
