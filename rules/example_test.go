package rules_test

import (
	"fmt"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func ExampleSet_Evaluate() {
	count := tally.New(tally.Options{})
	for _, code := range []int{6206, 6014, 6014} {
		count.Finding(&tally.Finding{Code: code, Family: catalog.SDK})
	}
	for _, v := range rules.Builtin().Evaluate(count.Summary(), nil) {
		fmt.Println(v.Class, v.Title.EN, v.Count)
		for _, s := range v.Explains {
			fmt.Println("  explains", s.Code, s.Count)
		}
		fmt.Println(" ", v.Remedy[0].Owner.Title(catalog.EN)+":", v.Remedy[0].Do.EN[:58])
	}
	// Output:
	// error UserSig or session expired 1
	//   explains 6014 2
	//   developer: On this code fetch a new UserSig from your backend and cal
}

func ExampleSet_Overlay() {
	file, err := rules.Parse("team.yaml", []byte(`
rules:
  - id: community-not-enabled
    disabled: true
    reason: our app has no communities
`), catalog.Builtin())
	if err != nil {
		fmt.Println(err)
		return
	}
	set, err := rules.Builtin().Overlay(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Rule("community-not-enabled").Reason)
	// Output: our app has no communities
}
