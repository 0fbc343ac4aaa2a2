package envelope

import "bytes"

// A name is a member that carriers write, or that says what an element of any array says.
type name uint8

// The names come in groups, and in each group in the order in which they are preferred.
const (
	kNone name = iota

	// Messages.
	kMessage
	kJournalMessage
	kCLSContent
	kContent
	kLog
	kMsg
	kLine
	kRaw
	kRawLog
	kText
	kBody
	kChineseContent
	kChineseText
	kEventOriginal
	endMessages

	// Times.
	kAtTimestamp
	kJournalTime
	kCLSTime
	kSLSTime
	kTimestamp
	kTime
	kDate
	kTS
	kTimeUpper
	kDatetime
	kDateUpper
	kEventTime
	kLogtime
	kLogTime
	kUnderTime
	kTimestampUpper
	kTSNanos
	kChineseLogTime
	kChineseTime
	endTimes

	// Hosts.
	kHostName
	kHostHostname
	kHost
	kHostname
	kJournalHost
	kSLSHost
	kNodeName
	kHostNameUpper
	kServerName
	kAgentHostname
	kBeatHostname
	kKubernetesNode
	kKubernetesHost
	kKubernetesNodeName
	kNode
	kInstance
	kCLSSource
	kSLSSource
	kSourceUpper
	kAgent
	kBeat
	kKubernetes
	endHosts

	// Traces of the stack that libraries put beside the message.
	kStackTrace
	kStackTraceCamel
	kStacktrace
	kErrorStack
	kThrowable
	kExceptionStack
	endTraces

	// What else tells carriers from each other.
	kIndex
	kID
	kSource
	kFields
	kLabels
	kCLSFile
	kSLSTopic
	kLogJSON
	kTopicID
	kCursor
	kEventID
	kException
	kBreadcrumbs
	kLogentry
	kEntries
	kPlatform
	kMetadata
	kVersion
	kInput
	kProspector
	kEcs
	kLogOffset
	kLogFile
	kLoggerName
	kThreadName
	kLevelValue
	kSourceType
	kStream
	kAttrs
	kCrashID
	kCallStack
	kExpName
	kExpMessage
	kCrashTime
	kPath
	kEvent
	kTags
	kContainer
	kDocker
	kCloud
	kFileset
	kTag
	kFile
	kType

	// What belongs to any log: it says nothing beside the message that is missed.
	kLevel
	kSeverity
	kLogger
	kThread
	kSourceLower
	kFilename
	kLowerID
	endPlain

	nameCount
)

var names = map[string]name{
	"message": kMessage, "MESSAGE": kJournalMessage, "__CONTENT__": kCLSContent, "content": kContent, "log": kLog,
	"msg": kMsg, "line": kLine, "Line": kLine, "raw": kRaw, "_raw": kRaw, "RawLog": kRawLog, "text": kText, "body": kBody,
	"日志内容": kChineseContent, "日志原文": kChineseText, "event.original": kEventOriginal, "Message": kMessage, "Content": kContent,

	"@timestamp": kAtTimestamp, "__REALTIME_TIMESTAMP": kJournalTime, "__TIMESTAMP__": kCLSTime, "__time__": kSLSTime,
	"timestamp": kTimestamp, "time": kTime, "date": kDate, "ts": kTS, "Time": kTimeUpper, "datetime": kDatetime,
	"Date": kDateUpper, "eventTime": kEventTime, "logtime": kLogtime, "log_time": kLogTime, "_time": kUnderTime,
	"Timestamp": kTimestampUpper, "tsNs": kTSNanos, "日志时间": kChineseLogTime, "时间": kChineseTime,

	"host.name": kHostName, "host.hostname": kHostHostname, "host": kHost, "Host": kHost, "hostname": kHostname,
	"Hostname": kHostname, "_HOSTNAME": kJournalHost, "__tag__:__hostname__": kSLSHost, "node_name": kNodeName,
	"HostName": kHostNameUpper, "server_name": kServerName, "agent.hostname": kAgentHostname,
	"beat.hostname": kBeatHostname, "kubernetes.node.name": kKubernetesNode, "kubernetes.host": kKubernetesHost,
	"kubernetes.node_name": kKubernetesNodeName, "node": kNode, "instance": kInstance, "__SOURCE__": kCLSSource,
	"__source__": kSLSSource, "Source": kSourceUpper, "agent": kAgent, "beat": kBeat, "kubernetes": kKubernetes,
	"主机": kHost, "主机名": kHostname,

	"stack_trace": kStackTrace, "stackTrace": kStackTraceCamel, "stacktrace": kStacktrace, "error.stack_trace": kErrorStack,
	"throwable": kThrowable, "exception.stacktrace": kExceptionStack,

	"_index": kIndex, "_id": kID, "_source": kSource, "fields": kFields, "labels": kLabels, "__FILENAME__": kCLSFile,
	"__topic__": kSLSTopic, "LogJson": kLogJSON, "TopicId": kTopicID, "__CURSOR": kCursor, "event_id": kEventID,
	"eventID": kEventID, "exception": kException, "breadcrumbs": kBreadcrumbs, "logentry": kLogentry, "entries": kEntries,
	"platform": kPlatform, "@metadata": kMetadata, "@version": kVersion, "input": kInput, "prospector": kProspector,
	"ecs": kEcs, "log.offset": kLogOffset, "log.file.path": kLogFile, "logger_name": kLoggerName,
	"thread_name": kThreadName, "level_value": kLevelValue, "source_type": kSourceType, "stream": kStream,
	"attrs": kAttrs, "crashId": kCrashID, "callStack": kCallStack, "expName": kExpName, "exceptionName": kExpName,
	"expMessage": kExpMessage, "exceptionMessage": kExpMessage, "crashTime": kCrashTime, "uploadTime": kCrashTime,
	"path": kPath, "event": kEvent, "tags": kTags, "container": kContainer, "docker": kDocker, "cloud": kCloud,
	"fileset": kFileset, "tag": kTag, "file": kFile, "type": kType, "_type": kType,

	"level": kLevel, "severity": kSeverity, "logger": kLogger, "thread": kThread, "source": kSourceLower,
	"filename": kFilename, "id": kLowerID, "Level": kLevel,
}

// isMeta reports whether a member of a carrier's element says something of the carrier or of where the log came from,
// so that no result of IM is looked for in it.
func isMeta(f *field) bool {
	switch f.name {
	case kException, kLabels, kFields: // users put into them what they like
		return false
	}
	if f.name > endMessages && f.name < endHosts || f.name > endTraces && f.name < endPlain {
		return true
	}
	if len(f.key) > 0 && (f.key[0] == '_' || f.key[0] == '@') || string(f.key) == "ERRNO" { // of the system, in journald
		return true
	}
	head, _, dotted := bytes.Cut(f.key, []byte("."))
	if !dotted {
		return false
	}
	switch string(head) {
	case "agent", "beat", "cloud", "container", "docker", "ecs", "event", "host", "input", "kubernetes", "log", "user_agent":
		return true
	}
	return false
}

// isPlain reports whether an element of an array without a carrier of its own misses nothing if this member is left out.
func isPlain(f *field) bool {
	switch f.name {
	case kLabels, kFields, kException, kEntries, kBreadcrumbs, kEvent, kNone:
		return false
	}
	return f.name < endMessages || isMeta(f)
}
