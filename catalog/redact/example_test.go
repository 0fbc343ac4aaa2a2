package redact_test

import (
	"fmt"

	"github.com/imtriage/imtriage/catalog/redact"
)

func ExampleRedactor_Text() {
	r, err := redact.New(redact.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Text(`u_alpha from 203.0.113.4:8080: userid:u_alpha|"Text":"see you"|code:70001`, "u_alpha"))
	fmt.Println(r.Field("user", "u_alpha"))
	// Output:
	// user-2e334e24 from [ip]:8080: userid:user-2e334e24|"Text":"[body 7 chars]"|code:70001
	// user-2e334e24
}
