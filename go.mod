module github.com/rapporteur/rapporteur

go 1.26
