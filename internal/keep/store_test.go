package keep_test

import (
	"path/filepath"
	"testing"

	"github.com/rapporteur/rapporteur/internal/keep/storetest"
	"github.com/rapporteur/rapporteur/internal/store"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store {
		t.Helper()
		s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}
