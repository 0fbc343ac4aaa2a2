package redact_test

import "testing"

func TestPercentEscapes(t *testing.T) {
	checkRewrites(t, []rewrite{
		{"json", "d=%7B%22UserSig%22%3A%22" + ticket + "%22%2C%22From_Account%22%3A%22alice_wonder%22%7D", "d=%7B%22UserSig%22%3A%22[usersig]%22%2C%22From_Account%22%3A%22<wonder>%22%7D"},
		{"small hex", "%7b%22userid%22%3a%22alice%22%7d", "%7b%22userid%22%3a%22<alice>%22%7d"},
		{"spaces", "%22userid%22%3A%20%22alice%22, %22userid%22%3A+%22bob%22", "%22userid%22%3A%20%22<alice>%22, %22userid%22%3A+%22<bob>%22"},
		{"only quotes", "{%22userid%22:%22alice%22,%22code%22:7}", "{%22userid%22:%22<alice>%22,%22code%22:7}"},
		{"list", "%22To_Account%22%3A%5B%22alice%22%2C%22bob%22%5D", "%22To_Account%22%3A%5B%22<alice>%22%2C%22<bob>%22%5D"},
		{"list half", "{%22To_Account%22:[%22alice%22,%22bob%22]}", "{%22To_Account%22:[%22<alice>%22,%22<bob>%22]}"},
		{"body", "%22MsgContent%22%3A%7B%22Text%22%3A%22see%20you%22%7D", "%22MsgContent%22%3A%7B%22Text%22%3A%22[body 9 chars]%22%7D"},
		{"json in json", "%22x%22%3A%22%7B%5C%22userid%5C%22%3A%5C%22alice%5C%22%7D%22", "%22x%22%3A%22%7B%5C%22userid%5C%22%3A%5C%22<alice>%5C%22%7D%22"},
		{"quote inside", "%22Text%22%3A%22a%5C%22b%22%7D", "%22Text%22%3A%22[body 8 chars]%22%7D"},
		{"query", "next=%2Fx%3Fidentifier%3Dalice%26code%3D7", "next=%2Fx%3Fidentifier%3D<alice>%26code%3D7"},
		{"query first", "q=userid%3Aalice%2Cx", "q=userid%3A<alice>%2Cx"},
		{"number", "%22userid%22%3A10086%2C%22code%22%3A7", "%22userid%22%3A" + pseudonymOf(t, "10086") + "%2C%22code%22%3A7"},
		{"password", "%22password%22%3A%22hunter2%22", "%22password%22%3A%22[token]%22"},
		{"secret", "secretkey%3Dabcdef123%26x", "secretkey%3D[key]%26x"},
		{"conversation", "%22conversationID%22%3A%22C2Calice%22", "%22conversationID%22%3A%22C2C<alice>%22"},
		{"cut", "GET /x?d=%22userid%22%3A%22alic HTTP/1.1", "GET /x?d=%22userid%22%3A%22" + pseudonymOf(t, "alic") + " HTTP/1.1"},

		{"code", "%22ErrorCode%22%3A70001%2C%22ErrorInfo%22%3A%22bad%20sig%22", ""},
		{"empty", "%22userid%22%3A%22%22%2C%22code%22%3A7", ""},
		{"null", "%22userid%22%3Anull%2C%22password%22%3Anull", ""},
		{"group", "%22GroupId%22%3A%22%40TGS%23demo%22", ""},
		{"prose", "msg=text%3Asee+below", ""},
		{"url", "url=https%3A%2F%2Fcloud.tencent.com%2Fdocument", ""},
		{"percent", "97%22 done, 100%: yes, %3D%3A%22", ""},
		{"mark", "%22userid%22%3A%22user-1a2b3c4d%22 userid%3Duser-1a2b3c4d%26", ""},
	})
}
