// Package weights embeds the trained weights. Each file is made by
// rapporteur-train and described in docs/models.md.
package weights

import _ "embed"

// The weights files, one a component, in the format of package model.
var (
	//go:embed cluster.bin
	Cluster []byte
	//go:embed syntax.bin
	Syntax []byte
	//go:embed name.bin
	Name []byte
	//go:embed statement.bin
	Statement []byte
	//go:embed event.bin
	Event []byte
)
