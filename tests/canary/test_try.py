def test_it(planted):
    print(planted.rows)
