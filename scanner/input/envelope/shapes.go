package envelope

// A shape is how a carrier's elements look.
type shape struct {
	format Format
	is     func(o *object) bool
}

// shapes are the carriers by what they alone write. A program that logs JSON has a message and a time as well: they
// are no proof. The first that fits holds.
var shapes = []shape{
	{JournalJSON, func(o *object) bool { return o.has(kJournalTime) && o.has(kJournalMessage, kCursor) }},
	{Elastic, func(o *object) bool {
		return o.has(kIndex, kID) && (isObject(o.at(kSource)) || isObject(o.at(kFields)))
	}},
	{Loki, func(o *object) bool {
		return isString(o.at(kLine)) && o.has(kTimestamp) && (isObject(o.at(kLabels)) || isObject(o.at(kFields)))
	}},
	{CLS, func(o *object) bool {
		return count(o, kCLSTime, kCLSSource, kCLSFile, kCLSContent) >= 2 || o.has(kLogJSON, kRawLog) && o.has(kTopicID, kTimeUpper, kSourceUpper)
	}},
	{SLS, func(o *object) bool {
		return o.has(kSLSTime) && (o.has(kSLSSource, kSLSTopic, kSLSHost) || len(o.fields) > 1)
	}},
	{Sentry, func(o *object) bool {
		return o.has(kEventID) && (o.has(kException, kBreadcrumbs, kLogentry, kEntries) || o.has(kPlatform) && o.has(kMessage))
	}},
	{Bugly, func(o *object) bool { return o.has(kExpName, kExpMessage) && o.has(kCallStack, kCrashID, kCrashTime) }},
	{Beats, func(o *object) bool {
		return o.has(kAtTimestamp) && o.has(kMessage, kLog, kEventOriginal) && (isObject(o.at(kAgent)) || o.has(kBeat, kMetadata, kProspector, kLogOffset) ||
			isObject(o.at(kInput)) || isObject(o.at(kLog)) && o.has(kMessage))
	}},
	{Logstash, func(o *object) bool {
		return o.has(kAtTimestamp) && o.has(kVersion) && isString(o.at(kMessage)) && o.has(kHost, kPath, kEvent, kHostName) && !isApp(o)
	}},
	{Fluent, func(o *object) bool {
		return (isString(o.at(kLog)) || isString(o.at(kMessage))) && (isObject(o.at(kKubernetes)) && !isApp(o) || isString(o.at(kLog)) && o.has(kStream)) ||
			isString(o.at(kLog)) && o.has(kDate, kAtTimestamp) && !isApp(o) && !o.has(kMsg, kMessage, kLevel)
	}},
	{Vector, func(o *object) bool { return o.has(kSourceType) && isString(o.at(kMessage)) && o.has(kTimestamp) }},
}

// isApp reports whether a program wrote the object by itself, through logback's encoder for Logstash, say.
func isApp(o *object) bool { return o.has(kLoggerName, kThreadName, kLevelValue, kLogger, kThread) }

// shapeOf returns the format of a carrier's element, None if it is nobody's.
func shapeOf(o *object) Format {
	for i := range shapes {
		if shapes[i].is(o) {
			return shapes[i].format
		}
	}
	return None
}

// count returns how many of the members are there.
func count(o *object, names ...name) (n int) {
	for _, k := range names {
		if o.byName[k] > 0 {
			n++
		}
	}
	return n
}
